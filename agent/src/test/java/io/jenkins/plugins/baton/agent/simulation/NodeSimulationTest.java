package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.cluster.Cluster;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Whole nodes with their clients in virtual time, over many {@link Seeds}; the {@link Invariant}s are armed in all of them. */
class NodeSimulationTest {
    /** Of all clusters, in thousandths: a whole node costs some fifty times as much as its election alone. */
    private static final int SHARE = 5;

    private static final int FAULTS = 12;

    @Test
    void plannedMovesCostNothing() {
        run(
                "plannedMovesCostNothing",
                Files::ordinary,
                Fault.HAND_OVER,
                Fault.HAND_OVER_TO,
                Fault.SUSPEND,
                Fault.RESTART,
                Fault.DRAIN,
                Fault.RELOAD,
                Fault.PRIORITY);
    }

    @Test
    void agentsThatEndOrStandStillCostNoConnection() {
        run(
                "agentsThatEndOrStandStillCostNoConnection",
                Files::ordinary,
                Fault.KILL,
                Fault.FREEZE,
                Fault.RESTART,
                Fault.DRAIN,
                Fault.FLUSH,
                Fault.HAND_OVER);
    }

    @Test
    void hostThatIsLostCostsItsOwnConnectionsAlone() {
        run(
                "hostThatIsLostCostsItsOwnConnectionsAlone",
                Files::ordinary,
                Fault.HOST_LOSS,
                Fault.STANDSTILL,
                Fault.LINK,
                Fault.ADDRESS,
                Fault.BACKEND);
    }

    @Test
    void nodeThatWasCutOffResetsNothing() {
        run(
                "nodeThatWasCutOffResetsNothing",
                seed -> Files.ordinary(seed, 3),
                Fault.MINORITY,
                Fault.PARTITION,
                Fault.ONE_WAY);
    }

    @Test
    void strangersMoveNothingAndAreReported() {
        Seeds.run("strangersMoveNothingAndAreReported", SHARE, world(Files::ordinary), world -> {
            Days.begin(world);
            world.invariants.onlyStrangers();
            Days.pass(world, FAULTS, Fault.STRANGER, Fault.FORGERY, Fault.FORGERY);
            world.runFor(3 * World.SECOND);
        });
    }

    @Test
    void firewallsAndABadNetworkLeaveOneHolder() {
        run("firewallsAndABadNetworkLeaveOneHolder", Files::any, Fault.FIREWALL, Fault.BAD_NETWORK, Fault.KILL);
    }

    static void run(String scenario, LongFunction<Cluster> file, Fault... menu) {
        Seeds.run(scenario, SHARE, world(file), world -> {
            Days.begin(world);
            Days.pass(world, FAULTS, menu);
            Days.end(world);
        });
    }

    private static LongFunction<World> world(LongFunction<Cluster> file) {
        return seed -> new World(seed, file.apply(seed));
    }
}
