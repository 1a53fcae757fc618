package io.jenkins.plugins.baton.agent.vrrp.simulation;

import static io.jenkins.plugins.baton.agent.vrrp.simulation.Clusters.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.simulation.Seeds;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.jmx.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole clusters in virtual time, over many {@link Seeds}; the {@link Invariant}s of the world are armed in all of them. */
class SimulationTest {
    private static final long AWAIT_TIMEOUT_NANOS = 12_000_000_000L;

    @Test
    void nodesThatStartTogetherElectTheBestOnceAndForAll() {
        Seeds.run("nodesThatStartTogetherElectTheBestOnceAndForAll", 45, Clusters::ordinary, world -> {
            for (Host host : world.hosts) {
                world.in(world.random.nextInt(900) * MILLISECOND, host::start);
            }
            world.runFor(5_000 * MILLISECOND);

            Host best = best(world.hosts);
            assertThat(best.transitions()).containsExactly("INITIALIZE>BACKUP", "BACKUP>MASTER");
            world.hosts.stream()
                    .filter(h -> h != best)
                    .forEach(other -> assertThat(other.transitions()).containsExactly("INITIALIZE>BACKUP"));
        });
    }

    @Test
    void handoverMovesTheAddressesExactlyOnceAndTheyStay() {
        Seeds.run("handoverMovesTheAddressesExactlyOnceAndTheyStay", 45, Clusters::ordinary, world -> {
            steady(world);
            Host holder = best(world.hosts);
            List<Host> others = world.hosts.stream().filter(h -> h != holder).toList();
            boolean named = world.random.nextBoolean();
            Host target = named ? others.get(world.random.nextInt(others.size())) : best(others);
            world.runFor(world.random.nextInt(200) * MILLISECOND);
            holder.order(named ? new Event.HandOverTo(target.asPeer(), "test") : new Event.HandOver("test"));
            world.runFor(10_000 * MILLISECOND);

            assertThat(holder.transitions()).containsExactly("MASTER>BACKUP");
            assertThat(target.transitions()).containsExactly("BACKUP>MASTER");
            others.stream()
                    .filter(h -> h != target)
                    .forEach(inactive -> assertThat(inactive.transitions()).isEmpty());
        });
    }

    @Test
    void handoversGoAroundAllNodesAndEachMovesOnce() {
        Seeds.run("handoversGoAroundAllNodesAndEachMovesOnce", 45, Clusters::ordinary, world -> {
            steady(world);
            Host first = best(world.hosts);
            for (Host next : world.hosts.stream().filter(h -> h != first).toList()) {
                Host holder = world.masters().get(0);
                world.hosts.forEach(Host::forgetTransitions);
                holder.order(new Event.HandOverTo(next.asPeer(), "test"));
                world.runFor(1_500 * MILLISECOND);

                assertThat(world.masters()).containsExactly(next);
                assertThat(world.hosts.stream()
                                .mapToInt(h -> h.transitions().size())
                                .sum())
                        .isEqualTo(2);
            }
        });
    }

    @Test
    void deathOfTheMasterIsFollowedByOneTakeover() {
        Seeds.run("deathOfTheMasterIsFollowedByOneTakeover", 45, Clusters::ordinary, world -> {
            steady(world);
            Host holder = best(world.hosts);
            List<Host> others = world.hosts.stream().filter(h -> h != holder).toList();
            holder.crash();
            world.runFor(450 * MILLISECOND);

            assertThat(best(others).state()).isEqualTo(State.MASTER);
            assertThat(others.stream().mapToInt(h -> h.transitions().size()).sum())
                    .isEqualTo(1);
        });
    }

    @Test
    void inPlannedMovesSomebodyHasTheAddressesAtEveryMoment() {
        Seeds.run("inPlannedMovesSomebodyHasTheAddressesAtEveryMoment", 72, Clusters::ordinary, world -> {
            steady(world);
            alwaysHeld(world);
            Host holder = best(world.hosts);
            world.runFor(world.random.nextInt(200) * MILLISECOND);
            Planned.any(world.random).of(holder);
            world.runFor(2_000 * MILLISECOND);
            Host successor = best(world.hosts.stream().filter(h -> h != holder).toList());

            assertThat(world.masters()).containsExactly(successor);
            assertThat(transitionsOf(world)).containsExactlyInAnyOrder("BACKUP>MASTER", "MASTER>" + holder.state());

            if (holder.router().isEmpty()) {
                holder.start();
            } else {
                holder.order(new Event.Resume("test"));
            }
            world.runFor(4_000 * MILLISECOND);
            assertThat(world.masters()).containsExactly(holder);
            assertThat(transitionsOf(world))
                    .filteredOn(t -> t.equals("BACKUP>MASTER"))
                    .hasSize(2);
        });
    }

    @Test
    void plannedMoveBesideOtherSoftwareLeavesNoGapEither() {
        Seeds.run("plannedMoveBesideOtherSoftwareLeavesNoGapEither", 45, Clusters::ordinary, world -> {
            world.hosts.stream().filter(h -> world.random.nextBoolean()).forEach(Host::bePlain);
            steady(world);
            alwaysHeld(world);
            Host holder = best(world.hosts);
            Planned.any(world.random).of(holder);
            world.runFor(3_000 * MILLISECOND);

            assertThat(world.masters()).hasSize(1).doesNotContain(holder);
        });
    }

    @Test
    void plannedMoveOverABadNetworkEndsWithOneMaster() {
        Seeds.run("plannedMoveOverABadNetworkEndsWithOneMaster", 108, Clusters::ordinary, world -> {
            steady(world);
            Host holder = best(world.hosts);
            world.network.quality(world.random.nextDouble() * 0.5, 20 * MILLISECOND);
            Planned.any(world.random).of(holder);
            world.runFor(1_000 * MILLISECOND);
            world.network.quality(0, 300_000);
            world.runFor(AWAIT_TIMEOUT_NANOS);

            assertThat(world.masters()).hasSize(1);
        });
    }

    @Test
    void endOfTheMastersAgentThatAllHearAtTheSameMomentIsFollowedByOneTakeoverAtOnce() {
        Seeds.run(
                "endOfTheMastersAgentThatAllHearAtTheSameMomentIsFollowedByOneTakeoverAtOnce",
                25,
                Clusters::ordinary,
                world -> {
                    steady(world);
                    Host holder = best(world.hosts);
                    List<Host> others =
                            world.hosts.stream().filter(h -> h != holder).toList();
                    world.runFor(world.random.nextInt(200) * MILLISECOND);
                    holder.crash();
                    others.forEach(h -> world.in(
                            world.random.nextInt(3_000_000), () -> h.order(new Event.PeerLost(holder.asPeer()))));
                    world.runFor(4 * MILLISECOND);

                    assertThat(best(others).state()).isEqualTo(State.MASTER);
                    world.runFor(1_000 * MILLISECOND);
                    assertThat(others.stream()
                                    .mapToInt(h -> h.transitions().size())
                                    .sum())
                            .isEqualTo(1);
                });
    }

    @Test
    void wrongWordOfTheMastersEndIsPutRightByItsNextAdvert() {
        Seeds.run("wrongWordOfTheMastersEndIsPutRightByItsNextAdvert", 45, Clusters::ordinary, world -> {
            steady(world);
            alwaysHeld(world);
            Host holder = best(world.hosts);
            world.hosts.stream().filter(h -> h != holder).forEach(h -> h.order(new Event.PeerLost(holder.asPeer())));
            world.runFor(500 * MILLISECOND);

            assertThat(world.masters()).containsExactly(holder);
            assertThat(holder.transitions()).isEmpty();
        });
    }

    @Test
    void afterAPartitionTheWinnerAnnouncesItselfWhoeverHearsFirst() {
        Seeds.run("afterAPartitionTheWinnerAnnouncesItselfWhoeverHearsFirst", 45, Clusters::ordinary, world -> {
            steady(world);
            Host winner = best(world.hosts);
            world.network.cutOff(winner);
            world.runFor((1_000 + world.random.nextInt(200)) * MILLISECOND);
            assertThat(world.masters()).hasSize(2).contains(winner);
            world.network.heal();
            world.runFor(world.random.nextInt(100) * MILLISECOND);
            world.runFor(150 * MILLISECOND);
            long lastReleased =
                    world.hosts.stream().mapToLong(Host::releasedAt).max().orElseThrow();
            world.runFor(150 * MILLISECOND);

            assertThat(world.masters()).containsExactly(winner);
            assertThat(winner.announcedAt()).isGreaterThan(lastReleased);
        });
    }

    @Test
    void whateverHappensMastersThatHearEachOtherBecomeOneAndAfterwardsThereIsExactlyOne() {
        Seeds.run(
                "whateverHappensMastersThatHearEachOtherBecomeOneAndAfterwardsThereIsExactlyOne",
                200,
                Clusters::any,
                world -> {
                    badDay(world);
                    world.runFor(AWAIT_TIMEOUT_NANOS);

                    assertThat(world.masters()).hasSize(1);
                    world.hosts.forEach(Host::forgetTransitions);
                    world.runFor(5_000 * MILLISECOND);
                    assertThat(world.hosts.stream().flatMap(h -> h.transitions().stream()))
                            .as("changes in quiet times")
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
        return world.story().lines();
    }

    /** A cluster whose best node has been MASTER for a while. */
    private static World steady(World world) {
        world.hosts.forEach(Host::start);
        world.runFor(3_000 * MILLISECOND);
        assertThat(world.masters()).containsExactly(best(world.hosts));
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
                case 8 -> ifAwake(host, () -> host.order(new Event.HandOver("chaos")));
                case 9 -> ifAwake(host, () -> host.order(new Event.HandOverTo(other.asPeer(), "chaos")));
                case 10 -> ifAwake(host, () -> host.order(network(world.random.nextBoolean())));
                case 11 -> ifAwake(host, () -> host.order(new Event.PeerLost(other.asPeer())));
                case 12 -> ifAwake(host, () -> host.order(new Event.Suspend("chaos")));
                case 13 -> ifAwake(host, () -> host.order(new Event.Resume("chaos")));
                case 14 -> ifAwake(host, () -> host.order(new Event.Prepared(world.random.nextBoolean())));
                default ->
                    ifAwake(host, () -> host.order(new Event.Tracked(-world.random.nextInt(60), Optional.empty())));
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
            host.order(new Event.Resume("order"));
            host.order(network(true));
            host.order(new Event.Tracked(0, Optional.empty()));
            host.order(new Event.Prepared(true));
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
        world.always(
                () -> assertThat(world.hosts).as("nobody has the addresses").anyMatch(Host::isHolding));
    }

    private static List<String> transitionsOf(World world) {
        return world.hosts.stream().flatMap(h -> h.transitions().stream()).toList();
    }

    private static Host best(List<Host> hosts) {
        return hosts.stream()
                .max(Comparator.comparingInt(h -> h.settings().priority()))
                .orElseThrow();
    }

    private static Event network(boolean there) {
        return new Event.NetworkChanged(there ? Optional.empty() : Optional.of("eth0 has no carrier"));
    }
}
