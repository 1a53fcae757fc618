package io.jenkins.plugins.baton.agent.vrrp.simulation;

import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Clusters of two to seven nodes as a seed would have them. */
final class Clusters {
    static final long MILLISECOND = 1_000_000;

    private Clusters() {}

    static World any(long seed) {
        World world = new World(seed);
        int version = world.random.nextInt(4) == 0 ? 2 : 3;
        long[] intervals = {50, 100, 100, 1000};
        long interval = version == 2 ? 1000 : intervals[world.random.nextInt(intervals.length)];
        return populate(world, version, interval * MILLISECOND, world.random.nextInt(5) > 0);
    }

    /** Version 3, 100 ms, preempting: the default. */
    static World ordinary(long seed) {
        return populate(new World(seed), 3, 100 * MILLISECOND, true);
    }

    private static World populate(World world, int version, long interval, boolean preempt) {
        int size = 2 + world.random.nextInt(6);
        List<Peer> nodes = new ArrayList<>();
        for (int priority : priorities(world.random, size)) {
            int number = nodes.size() + 1;
            nodes.add(new Peer("m" + number, address(number), priority));
        }
        for (Peer node : nodes) {
            world.host(new Settings(
                    node.name(),
                    node.address(),
                    version,
                    node.priority(),
                    interval,
                    preempt,
                    0,
                    0,
                    nodes.stream().filter(n -> n != node).toList()));
        }
        return world;
    }

    /** Different ones, in any order; often neighbours, which the skew time hardly keeps apart. */
    private static List<Integer> priorities(Random random, int size) {
        int gap = 1 + random.nextInt(12);
        List<Integer> priorities = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            priorities.add(100 + i * gap);
        }
        Collections.shuffle(priorities, random);
        return priorities;
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError("4 octets are an address", e);
        }
    }
}
