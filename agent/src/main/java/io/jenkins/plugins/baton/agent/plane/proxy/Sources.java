package io.jenkins.plugins.baton.agent.plane.proxy;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many sessions each client address has. Any thread may call it. */
final class Sources {
    private final ConcurrentMap<InetAddress, Integer> sessions = new ConcurrentHashMap<>();

    /** @return how many this address has now, with the new one */
    int began(InetAddress source) {
        return sessions.merge(source, 1, Integer::sum);
    }

    void ended(InetAddress source) {
        sessions.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
    }

    int of(InetAddress source) {
        return sessions.getOrDefault(source, 0);
    }
}
