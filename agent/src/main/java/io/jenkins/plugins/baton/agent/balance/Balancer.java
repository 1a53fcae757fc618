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

    /** Whether {@link #choose} would find a server now. */
    public final synchronized boolean hasChoice(Set<S> tried) {
        collectEligible(tried);
        return !eligible.isEmpty();
    }

    /** Chooses among these, of which there is at least one. Called with the balancer's lock held. */
    abstract S pick(List<S> eligible, InetAddress client);

    private void collectEligible(Set<S> tried) {
        eligible.clear();
        boolean anyLeft = collect(false, tried);
        if (!anyLeft) {
            collect(true, tried);
        }
    }

    /** @return whether there are servers in use on this tier that were not tried, were they full or not */
    private boolean collect(boolean backups, Set<S> tried) {
        boolean any = false;
        for (int i = 0; i < servers.size(); i++) {
            S server = servers.get(i);
            if (server.backup() == backups
                    && server.weight() > 0
                    && server.takesNewConnections()
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
