package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Cluster files of two to seven nodes. There are only some hundreds: to read one takes longer than a simulated second. */
final class Files {
    private static final int FILES = 240;
    private static final Map<String, Cluster> READ = new ConcurrentHashMap<>();

    private Files() {}

    /** Of the default timing. */
    static Cluster ordinary(long seed) {
        return file(seed, 2, "100ms");
    }

    /** @param fewest nodes */
    static Cluster ordinary(long seed, int fewest) {
        return file(seed, fewest, "100ms");
    }

    static Cluster any(long seed) {
        List<String> intervals = List.of("50ms", "100ms", "100ms", "200ms", "1s");
        return file(seed, 2, intervals.get(Math.floorMod(seed, intervals.size())));
    }

    private static Cluster file(long seed, int fewest, String interval) {
        return of(Math.floorMod(seed, FILES), fewest, interval, true);
    }

    /** The same nodes with other settings. */
    static Cluster other(Cluster cluster, Random random) {
        List<Integer> priorities = new ArrayList<>(
                cluster.nodes().stream().map(node -> node.priority()).toList());
        Collections.shuffle(priorities, new Random(random.nextInt(3)));
        return read(priorities, random.nextBoolean() ? "100ms" : "200ms", random.nextInt(4) > 0);
    }

    private static Cluster of(long number, int fewest, String interval, boolean preempt) {
        Random random = new Random(number);
        int size = fewest + random.nextInt(8 - fewest);
        int gap = 1 + random.nextInt(12);
        List<Integer> priorities = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            priorities.add(100 + i * gap);
        }
        Collections.shuffle(priorities, random);
        return read(priorities, interval, preempt);
    }

    private static Cluster read(List<Integer> priorities, String interval, boolean preempt) {
        StringBuilder text = new StringBuilder("nodes:\n");
        for (int i = 0; i < priorities.size(); i++) {
            text.append(
                    "  - {name: m%1$d, address: 192.0.2.%1$d, priority: %2$d}%n".formatted(i + 1, priorities.get(i)));
        }
        text.append("peerLink: {port: 9011}\nvirtualRouters:\n  - {name: vip, virtualRouterId: 51, interface: eth0, "
                + "addresses: [192.0.2.100/24], advertisementInterval: " + interval + ", preempt: " + preempt + "}\n"
                + "frontends:\n  - {name: api, bind: \"192.0.2.100:8443\", backends: {port: 6443}}\n");
        return READ.computeIfAbsent(text.toString(), TestCluster::of);
    }
}
