package io.jenkins.plugins.baton.agent.balance;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The server with the fewest connections for its weight; among equals, round robin. */
public final class LeastConnections<S extends Server> extends Balancer<S> {
    private final RoundRobin<S> tieBreak;
    private final ArrayList<S> least; // guarded by the balancer's lock; kept to leave no garbage per choice

    public LeastConnections(List<S> servers) {
        super(servers);
        this.tieBreak = new RoundRobin<>(servers);
        this.least = new ArrayList<>(servers.size());
    }

    @Override
    S pick(List<S> eligible, InetAddress client) {
        least.clear();
        long leastConnections = 0;
        long leastWeight = 1;
        for (int i = 0; i < eligible.size(); i++) {
            S server = eligible.get(i);
            long connections = server.connections();
            long weight = server.weight();
            // connections / weight compared without division
            long difference = connections * leastWeight - leastConnections * weight;
            if (least.isEmpty() || difference < 0) {
                least.clear();
                leastConnections = connections;
                leastWeight = weight;
            }
            if (least.isEmpty() || difference == 0) {
                least.add(server);
            }
        }
        return tieBreak.pick(least, client);
    }
}
