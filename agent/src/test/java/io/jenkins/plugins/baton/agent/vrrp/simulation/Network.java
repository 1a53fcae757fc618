package io.jenkins.plugins.baton.agent.vrrp.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Loses, delays and reorders packets, and can be cut in two. */
final class Network {
    private final World world;
    private final Map<Host, Integer> side = new HashMap<>();
    private final Map<Host, Map<Host, Long>> disturbedAt = new HashMap<>();
    private double loss;
    private long maxDelay = 300_000;

    Network(World world) {
        this.world = world;
    }

    /** @param maxDelay in nanoseconds; each packet's own delay is anything up to it, so packets overtake one another */
    void quality(double loss, long maxDelay) {
        this.loss = loss;
        this.maxDelay = maxDelay;
        world.cause("network", String.format("loses %.0f %%, and delays by up to %.1f ms", loss * 100, maxDelay / 1e6));
    }

    /** Whether packets are lost at random: then anything may happen at any time. */
    boolean isDisturbed() {
        return loss > 0;
    }

    long maxDelay() {
        return maxDelay;
    }

    /** The given hosts no longer hear the others. */
    void cutOff(Host... hosts) {
        side.clear();
        Arrays.stream(hosts).forEach(h -> side.put(h, 1));
        world.cause("network", "cuts off " + Arrays.toString(hosts));
    }

    void heal() {
        side.clear();
        world.cause("network", "is whole again");
    }

    boolean connects(Host a, Host b) {
        return side.getOrDefault(a, 0).equals(side.getOrDefault(b, 0));
    }

    /** When a packet from one to the other was last lost; the past's beginning when never. */
    long disturbedAt(Host from, Host to) {
        return disturbedAt.getOrDefault(from, Map.of()).getOrDefault(to, 0L);
    }

    void send(World.Packet packet, Host to) {
        if (!connects(packet.from(), to) || world.random.nextDouble() < loss) {
            disturbedAt.computeIfAbsent(packet.from(), h -> new HashMap<>()).put(to, world.now());
            return;
        }
        world.in((long) (world.random.nextDouble() * maxDelay), () -> to.receive(packet));
    }
}
