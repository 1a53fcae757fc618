package io.jenkins.plugins.baton.agent.vrrp.simulation;

import static io.jenkins.plugins.baton.agent.vrrp.simulation.Clusters.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.jmx.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Whole clusters in virtual time, over many seeds. {@code -Dbaton.simulation.seeds=N} runs more or fewer of each,
 * {@code -Dbaton.simulation.seed=S} only the one that a failure named.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("baton.simulation.seeds", 1500);
    private static final long ONLY_SEED = Long.getLong("baton.simulation.seed", -1);
    private static final long AWAIT_TIMEOUT_NANOS = 12_000_000_000L;

    @Test
    void nodesThatStartTogetherElectTheBestOnceAndForAll() {
        forManySeeds(seed -> {
            World world = Clusters.ordinary(seed);
            for (Host host : world.hosts) {
                world.in(world.random.nextInt(900) * MILLISECOND, host::start);
            }
            world.runFor(5_000 * MILLISECOND);

            Host best = best(world.hosts);
            assertThat(best.transitions()).as(world::story).containsExactly("INITIALIZE>BACKUP", "BACKUP>MASTER");
            world.hosts.stream()
                    .filter(h -> h != best)
                    .forEach(other ->
                            assertThat(other.transitions()).as(world::story).containsExactly("INITIALIZE>BACKUP"));
        });
    }

    @Test
    void handoverMovesTheAddressesExactlyOnceAndTheyStay() {
        forManySeeds(seed -> {
            World world = steady(Clusters.ordinary(seed));
            Host holder = best(world.hosts);
            List<Host> others = world.hosts.stream().filter(h -> h != holder).toList();
            boolean named = world.random.nextBoolean();
            Host target = named ? others.get(world.random.nextInt(others.size())) : best(others);
            world.runFor(world.random.nextInt(200) * MILLISECOND);
            holder.happen(named ? new Event.HandOverTo(target.asPeer(), "test") : new Event.HandOver("test"));
            world.runFor(10_000 * MILLISECOND);

            assertThat(holder.transitions()).as(world::story).containsExactly("MASTER>BACKUP");
            assertThat(target.transitions()).as(world::story).containsExactly("BACKUP>MASTER");
            others.stream()
                    .filter(h -> h != target)
                    .forEach(inactive ->
                            assertThat(inactive.transitions()).as(world::story).isEmpty());
        });
    }

    @Test
    void handoversGoAroundAllNodesAndEachMovesOnce() {
        forManySeeds(seed -> {
            World world = steady(Clusters.ordinary(seed));
            Host first = best(world.hosts);
            for (Host next : world.hosts.stream().filter(h -> h != first).toList()) {
                Host holder = world.masters().get(0);
                world.hosts.forEach(Host::forgetTransitions);
                holder.happen(new Event.HandOverTo(next.asPeer(), "test"));
                world.runFor(1_500 * MILLISECOND);

                assertThat(world.masters()).as(world::story).containsExactly(next);
                assertThat(world.hosts.stream()
                                .mapToInt(h -> h.transitions().size())
                                .sum())
                        .as(world::story)
                        .isEqualTo(2);
            }
        });
    }

    @Test
    void deathOfTheMasterIsFollowedByOneTakeover() {
        forManySeeds(seed -> {
            World world = steady(Clusters.ordinary(seed));
            Host holder = best(world.hosts);
            List<Host> others = world.hosts.stream().filter(h -> h != holder).toList();
            holder.crash();
            world.runFor(450 * MILLISECOND);

            assertThat(best(others).state()).as(world::story).isEqualTo(State.MASTER);
            assertThat(others.stream().mapToInt(h -> h.transitions().size()).sum())
                    .as(world::story)
                    .isEqualTo(1);
        });
    }

    @Test
    void inPlannedMovesSomebodyHasTheAddressesAtEveryMoment() {
        forManySeeds(seed -> {
            World world = steady(Clusters.ordinary(seed));
            alwaysHeld(world);
            Host holder = best(world.hosts);
            world.runFor(world.random.nextInt(200) * MILLISECOND);
            Planned.any(world.random).of(holder);
            world.runFor(2_000 * MILLISECOND);
            Host successor = best(world.hosts.stream().filter(h -> h != holder).toList());

            assertThat(world.masters()).as(world::story).containsExactly(successor);
            assertThat(transitionsOf(world))
                    .as(world::story)
                    .containsExactlyInAnyOrder("BACKUP>MASTER", "MASTER>" + holder.state());

            if (holder.router().isEmpty()) {
                holder.start();
            } else {
                holder.happen(new Event.Resume("test"));
            }
            world.runFor(4_000 * MILLISECOND);
            assertThat(world.masters()).as(world::story).containsExactly(holder);
            assertThat(transitionsOf(world))
                    .as(world::story)
                    .filteredOn(t -> t.equals("BACKUP>MASTER"))
                    .hasSize(2);
        });
    }

    @Test
    void plannedMoveBesideOtherSoftwareLeavesNoGapEither() {
        forManySeeds(seed -> {
            World world = Clusters.ordinary(seed);
            world.hosts.stream().filter(h -> world.random.nextBoolean()).forEach(Host::bePlain);
            steady(world);
            alwaysHeld(world);
            Host holder = best(world.hosts);
            Planned.any(world.random).of(holder);
            world.runFor(3_000 * MILLISECOND);

            assertThat(world.masters()).as(world::story).hasSize(1).doesNotContain(holder);
        });
    }

    @Test
    void plannedMoveOverABadNetworkEndsWithOneMaster() {
        forManySeeds(seed -> {
            World world = steady(Clusters.ordinary(seed));
            neverTwoMastersForLong(world);
            Host holder = best(world.hosts);
            world.network.quality(world.random.nextDouble() * 0.5, 20 * MILLISECOND);
            Planned.any(world.random).of(holder);
            world.runFor(1_000 * MILLISECOND);
            world.network.quality(0, 300_000);
            world.runFor(AWAIT_TIMEOUT_NANOS);

            assertThat(world.masters()).as(world::story).hasSize(1);
        });
    }

    @Test
    void endOfTheMastersAgentThatAllHearAtTheSameMomentIsFollowedByOneTakeoverAtOnce() {
        forManySeeds(seed -> {
            World world = steady(Clusters.ordinary(seed));
            Host holder = best(world.hosts);
            List<Host> others = world.hosts.stream().filter(h -> h != holder).toList();
            world.runFor(world.random.nextInt(200) * MILLISECOND);
            holder.crash();
            others.forEach(h ->
                    world.in(world.random.nextInt(3_000_000), () -> h.happen(new Event.PeerLost(holder.asPeer()))));
            world.runFor(4 * MILLISECOND);

            assertThat(best(others).state()).as(world::story).isEqualTo(State.MASTER);
            world.runFor(1_000 * MILLISECOND);
            assertThat(others.stream().mapToInt(h -> h.transitions().size()).sum())
                    .as(world::story)
                    .isEqualTo(1);
        });
    }

    @Test
    void wrongWordOfTheMastersEndIsPutRightByItsNextAdvert() {
        forManySeeds(seed -> {
            World world = steady(Clusters.ordinary(seed));
            neverTwoMastersForLong(world);
            alwaysHeld(world);
            Host holder = best(world.hosts);
            world.hosts.stream().filter(h -> h != holder).forEach(h -> h.happen(new Event.PeerLost(holder.asPeer())));
            world.runFor(500 * MILLISECOND);

            assertThat(world.masters()).as(world::story).containsExactly(holder);
            assertThat(holder.transitions()).as(world::story).isEmpty();
        });
    }

    @Test
    void afterAPartitionTheWinnerAnnouncesItselfWhoeverHearsFirst() {
        forManySeeds(seed -> {
            World world = steady(Clusters.ordinary(seed));
            Host winner = best(world.hosts);
            world.network.cutOff(winner);
            world.runFor((1_000 + world.random.nextInt(200)) * MILLISECOND);
            assertThat(world.masters()).as(world::story).hasSize(2).contains(winner);
            world.network.heal();
            world.runFor(world.random.nextInt(100) * MILLISECOND);
            world.runFor(150 * MILLISECOND);
            long lastReleased =
                    world.hosts.stream().mapToLong(Host::releasedAt).max().orElseThrow();
            world.runFor(150 * MILLISECOND);

            assertThat(world.masters()).as(world::story).containsExactly(winner);
            assertThat(winner.announcedAt()).as(world::story).isGreaterThan(lastReleased);
        });
    }

    @Test
    void whateverHappensMastersThatHearEachOtherBecomeOneAndAfterwardsThereIsExactlyOne() {
        forManySeeds(seed -> {
            World world = Clusters.any(seed);
            neverTwoMastersForLong(world);
            badDay(world);
            world.runFor(AWAIT_TIMEOUT_NANOS);

            assertThat(world.masters()).as(world::story).hasSize(1);
            world.hosts.forEach(Host::forgetTransitions);
            world.runFor(5_000 * MILLISECOND);
            assertThat(world.hosts.stream().flatMap(h -> h.transitions().stream()))
                    .as(() -> "changes in quiet times\n" + world.story())
                    .isEmpty();
        });
    }

    @Test
    void oneSeedReplaysIdentically() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(chaos(seed)).as("seed " + seed).isEqualTo(chaos(seed)).hasSizeGreaterThan(10);
        }
    }

    private static List<String> chaos(long seed) {
        World world = Clusters.any(seed);
        badDay(world);
        return world.trace();
    }

    /** A cluster whose best node has been MASTER for a while. */
    private static World steady(World world) {
        world.hosts.forEach(Host::start);
        world.runFor(3_000 * MILLISECOND);
        assertThat(world.masters()).as(world::story).containsExactly(best(world.hosts));
        world.hosts.forEach(Host::forgetTransitions);
        return world;
    }

    /** Half a minute of faults at random moments; at the end all hosts run and the network is fine. */
    private static void badDay(World world) {
        long interval = world.hosts.get(0).settings().intervalNanos();
        for (Host host : world.hosts) {
            world.in(world.random.nextInt(3_000) * MILLISECOND, host::start);
        }
        for (int i = 0; i < 25; i++) {
            world.runFor(world.random.nextInt(1_200) * MILLISECOND);
            Host host = world.hosts.get(world.random.nextInt(world.hosts.size()));
            Host other = world.hosts.get(world.random.nextInt(world.hosts.size()));
            switch (world.random.nextInt(16)) {
                case 0 -> world.network.quality(world.random.nextDouble() * 0.4, interval / 5);
                case 1 -> world.network.quality(0, 300_000);
                case 2 -> world.network.cutOff(host, other);
                case 3 -> world.network.heal();
                case 4 -> host.crash();
                case 5 -> ifAwake(host, host::stop);
                case 6 -> ifStarted(host, () -> pauseForAWhile(world, host));
                case 7 -> {
                    if (host.router().isEmpty()) {
                        host.start();
                    }
                }
                case 8 -> ifAwake(host, () -> host.happen(new Event.HandOver("chaos")));
                case 9 -> ifAwake(host, () -> host.happen(new Event.HandOverTo(other.asPeer(), "chaos")));
                case 10 -> ifAwake(host, () -> host.happen(network(world.random.nextBoolean())));
                case 11 -> ifAwake(host, () -> host.happen(new Event.PeerLost(other.asPeer())));
                case 12 -> ifAwake(host, () -> host.happen(new Event.Suspend("chaos")));
                case 13 -> ifAwake(host, () -> host.happen(new Event.Resume("chaos")));
                case 14 -> ifAwake(host, () -> host.happen(new Event.Prepared(world.random.nextBoolean())));
                default ->
                    ifAwake(host, () -> host.happen(new Event.Tracked(-world.random.nextInt(60), Optional.empty())));
            }
        }
        world.network.quality(0, 300_000);
        world.network.heal();
        for (Host host : world.hosts) {
            if (host.isLeaving()) {
                host.crash();
            }
            if (host.router().isEmpty()) {
                host.start();
            } else if (host.isPaused()) {
                host.wake();
            }
            host.happen(new Event.Resume("order"));
            host.happen(network(true));
            host.happen(new Event.Tracked(0, Optional.empty()));
            host.happen(new Event.Prepared(true));
        }
    }

    private static void pauseForAWhile(World world, Host host) {
        host.pause();
        world.in(world.random.nextInt(4_000) * MILLISECOND, () -> {
            if (host.isPaused()) {
                host.wake();
            }
        });
    }

    private static void ifStarted(Host host, Runnable what) {
        if (host.router().isPresent()) {
            what.run();
        }
    }

    private static void ifAwake(Host host, Runnable what) {
        if (host.isAwake()) {
            what.run();
        }
    }

    /** Whoever is cut off or dead: the addresses are on the interface of one at least. */
    private static void alwaysHeld(World world) {
        world.always(() -> assertThat(world.hosts)
                .as(() -> "nobody has the addresses\n" + world.story())
                .anyMatch(Host::isHolding));
    }

    private static List<String> transitionsOf(World world) {
        return world.hosts.stream().flatMap(h -> h.transitions().stream()).toList();
    }

    private static void neverTwoMastersForLong(World world) {
        world.always(() -> {
            List<Host> masters = world.masters();
            for (int i = 1; i < masters.size(); i++) {
                assertNotTogetherForLong(world, masters.get(0), masters.get(i));
            }
        });
    }

    /** Two masters are allowed for one advert and its delivery, counted from when nothing hides them any more. */
    private static void assertNotTogetherForLong(World world, Host a, Host b) {
        if (!world.network.connects(a, b)) {
            return;
        }
        long hidden = Math.max(world.network.disturbedAt(a, b), world.network.disturbedAt(b, a));
        long since = Math.max(hidden, Math.max(a.masterSince(), b.masterSince()));
        long interval = a.settings().intervalNanos();
        // Two deliveries when the lower one speaks first, and interval / 5 is the longest delay there is.
        long allowed = interval + 2 * Math.max(interval / 5, world.network.maxDelay()) + 5 * MILLISECOND;
        assertThat(world.now() - since)
                .as(() -> a + " and " + b + " have been masters together\n" + world.story())
                .isLessThan(allowed);
    }

    private static Host best(List<Host> hosts) {
        return hosts.stream()
                .max(Comparator.comparingInt(h -> h.settings().priority()))
                .orElseThrow();
    }

    private static void forManySeeds(LongConsumer scenario) {
        long first = ONLY_SEED >= 0 ? ONLY_SEED : 0;
        long last = ONLY_SEED >= 0 ? ONLY_SEED : SEEDS - 1;
        for (long seed = first; seed <= last; seed++) {
            try {
                scenario.accept(seed);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " (-Dbaton.simulation.seed=" + seed + "): " + e.getMessage(), e);
            }
        }
    }

    private static Event network(boolean there) {
        return new Event.NetworkChanged(there ? Optional.empty() : Optional.of("eth0 has no carrier"));
    }
}
