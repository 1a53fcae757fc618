package io.jenkins.plugins.baton.agent.balance;

import java.net.InetAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Smooth weighted round robin: in any run of as many choices as the sum of the weights each server comes as often as
 * its weight says, and as evenly spread as can be. (The algorithm is nginx's: everyone's credit grows by its weight,
 * the richest is chosen and pays the sum of all.)
 */
public final class RoundRobin<S extends Server> extends Balancer<S> {
    private final Map<S, int[]> credits = new IdentityHashMap<>();

    public RoundRobin(List<S> servers) {
        super(servers);
        servers.forEach(server -> credits.put(server, new int[1]));
    }

    @Override
    S pick(List<S> eligible, InetAddress client) {
        int total = 0;
        S richest = null;
        int most = 0;
        for (int i = 0; i < eligible.size(); i++) {
            S server = eligible.get(i);
            int weight = server.weight();
            total += weight;
            int credit = credits.get(server)[0] += weight;
            if (richest == null || credit > most) {
                richest = server;
                most = credit;
            }
        }
        credits.get(richest)[0] -= total;
        return richest;
    }
}
