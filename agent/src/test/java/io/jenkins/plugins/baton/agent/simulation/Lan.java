package io.jenkins.plugins.baton.agent.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The segment: loses, delays, doubles and reorders frames; can be cut, for both directions or one. */
final class Lan {
    private record Way(Object from, Object to) {}

    private final World world;
    private final Map<Object, Integer> side = new HashMap<>();
    private final Set<Way> deaf = new HashSet<>();
    private final Map<Way, Long> disturbedAt = new HashMap<>();
    private double loss;
    private double doubling;
    private long maxDelay = 300_000;
    private long changedAt;

    Lan(World world) {
        this.world = world;
    }

    /** @param delay in nanoseconds; each frame's own is anything up to it, so frames overtake one another */
    void quality(double lost, double doubled, long delay) {
        loss = lost;
        doubling = doubled;
        maxDelay = delay;
        world.cause(
                "LAN",
                String.format(
                        "loses %.0f %%, doubles %.0f %%, delays by up to %.1f ms",
                        lost * 100, doubled * 100, delay / 1e6));
    }

    void cutOff(List<?> some) {
        changedAt = world.now();
        side.clear();
        some.forEach(one -> side.put(one, 1));
        world.cause("LAN", "cuts off " + some);
        world.invariants.networkChanged();
    }

    /** Frames get from one to the other no more; the other direction works. */
    void deafen(Object to, Object from) {
        deaf.add(new Way(from, to));
        world.cause("LAN", "takes nothing from " + from + " to " + to);
        world.invariants.networkChanged();
    }

    void heal() {
        changedAt = world.now();
        side.clear();
        deaf.clear();
        world.cause("LAN", "is whole");
    }

    boolean isDisturbed() {
        return loss > 0;
    }

    boolean isCut() {
        return !side.isEmpty() || !deaf.isEmpty();
    }

    long maxDelay() {
        return maxDelay;
    }

    /** Whether a frame can get there, if it is not lost by accident. */
    boolean carries(Object from, Object to) {
        return isOn(from)
                && isOn(to)
                && (side.isEmpty() || side.getOrDefault(from, 0).equals(side.getOrDefault(to, 0)))
                && (deaf.isEmpty() || !deaf.contains(new Way(from, to)));
    }

    boolean connects(Object a, Object b) {
        return carries(a, b) && carries(b, a);
    }

    private static boolean isOn(Object end) {
        return !(end instanceof Machine machine) || machine.isOnLan();
    }

    /** When it was last cut, or whole again. */
    long changedAt() {
        return changedAt;
    }

    /** When a frame from one to the other was last lost; the past's beginning when never. */
    long disturbedAt(Object from, Object to) {
        return disturbedAt.getOrDefault(new Way(from, to), 0L);
    }

    /** A frame did not get from one to the other. */
    void lost(Object from, Object to) {
        disturbedAt.put(new Way(from, to), world.now());
    }

    void send(Object from, Object to, Runnable arrives) {
        if (!carries(from, to) || (loss > 0 && world.random.nextDouble() < loss)) {
            lost(from, to);
            return;
        }
        Runnable checked = () -> {
            if (isOn(to)) {
                arrives.run();
            }
        };
        world.in(delay(), checked);
        if (doubling > 0 && world.random.nextDouble() < doubling) {
            world.in(delay(), checked);
        }
    }

    private long delay() {
        return (long) (world.random.nextDouble() * maxDelay);
    }
}
