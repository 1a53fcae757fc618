package io.jenkins.plugins.baton.agent.balance;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Chooses a server for a new connection among a fixed list of servers whose health, weight and load may change. Safe
 * for use by many threads.
 *
 * @param <S> what is chosen
 */
public abstract class Balancer<S extends Server> {
    private static final List<Server.Standing> CHOSEN_IN_ORDER =
            List.of(Server.Standing.READY, Server.Standing.DOUBTFUL, Server.Standing.FAILING);

    private final List<S> servers;
    private final ArrayList<S> eligible; // guarded by this; kept to leave no garbage per choice

    Balancer(List<S> servers) {
        this.servers = List.copyOf(servers);
        this.eligible = new ArrayList<>(servers.size());
    }

    /**
     * Chooses a server.
     *
     * @param client the client's address
     * @param tried servers that this connection has tried in vain
     * @return null when there is none
     */
    public final synchronized S choose(InetAddress client, Set<S> tried) {
        collectEligible(tried);
        return eligible.isEmpty() ? null : pick(eligible, client);
    }

    /** Whether {@link #choose} would now find a server that stands at least so well. */
    public final synchronized boolean hasChoice(Set<S> tried, Server.Standing standing) {
        collectEligible(tried);
        return !eligible.isEmpty() && eligible.get(0).standing().compareTo(standing) <= 0;
    }

    /** Chooses among these, of which there is at least one. Called with the balancer's lock held. */
    abstract S pick(List<S> eligible, InetAddress client);

    /** The best tier on which anyone was not tried yet: backups wait for the others, and the doubtful for both. */
    private void collectEligible(Set<S> tried) {
        eligible.clear();
        for (Server.Standing standing : CHOSEN_IN_ORDER) {
            if (collect(standing, false, tried) || collect(standing, true, tried)) {
                return;
            }
        }
    }

    /** @return whether there are servers on this tier that were not tried, were they full or not */
    private boolean collect(Server.Standing standing, boolean backups, Set<S> tried) {
        boolean any = false;
        for (int i = 0; i < servers.size(); i++) {
            S server = servers.get(i);
            if (server.backup() == backups
                    && server.standing() == standing
                    && server.weight() > 0
                    && !tried.contains(server)) {
                any = true;
                if (!server.full()) {
                    eligible.add(server);
                }
            }
        }
        return any;
    }
}
