package io.jenkins.plugins.baton.lab.soak;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps thousands of connections through planned moves, restarts, reloads, drains and faults of backends for a long time, in each
 * plane half of it, and looks whether anything is lost or grows. Arguments: the agent's distribution, minutes, the folder of the
 * report, how many connections, or as
 * many as this machine's limit of open files permits. The exit code is 1 when a connection broke that docs/guarantees.md promises to keep, or
 * something grew.
 */
public final class Soak {
    private static final Duration MEASURED_EVERY = Duration.ofSeconds(5);
    private static final Duration MOVE_EVERY = Duration.ofMinutes(1);
    private static final List<Disturbance> BETWEEN =
            List.of(Disturbance.RESTART, Disturbance.BACKEND, Disturbance.RELOAD, Disturbance.DRAIN);

    /** In the second half, through which the lines are fitted: what neither begins a process anew nor moves connections. */
    private static final List<Disturbance> LATER = List.of(Disturbance.RELOAD, Disturbance.DRAIN);

    private final SoakTestbed testbed;
    private final SoakRecord record;
    private int turn;

    private Soak(SoakTestbed testbed, Plane plane) {
        this.testbed = testbed;
        this.record = new SoakRecord(plane);
    }

    public static void main(String[] arguments) throws IOException {
        Agent agent = new Agent(Path.of(arguments[0]));
        Duration time = Duration.ofMinutes(Long.parseLong(arguments[1])).dividedBy(2);
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        int connections = Integer.parseInt(arguments[3]);
        Map<SoakRecord, String> texts = new LinkedHashMap<>();
        boolean kept = true;
        try {
            OpenFiles.raise();
            for (Plane plane : List.of(Plane.KERNEL, Plane.PROXY)) {
                int possible = Math.min(connections, OpenFiles.connections(plane));
                SoakRecord record = run(agent, plane, time, possible);
                texts.put(record, SoakReport.text(record, possible, time.toSeconds()));
                System.out.print(texts.get(record));
                kept &= record.broken().isEmpty() && record.growing().isEmpty();
            }
        } catch (LabException e) {
            System.err.println("soak: " + e.getMessage());
            kept = false;
        }
        Path page = Files.writeString(folder.resolve("report.html"), SoakReport.page(texts));
        System.out.println("The plots are in " + page);
        System.exit(kept ? 0 : 1);
    }

    private static SoakRecord run(Agent agent, Plane plane, Duration time, int connections) {
        try (SoakTestbed testbed = new SoakTestbed(agent, Variant.of(plane));
                Crowd crowd = Crowd.start(
                        testbed.agents().lab().client(),
                        testbed.agents().stack().vip(),
                        AddressPlan.FRONTEND_PORT,
                        connections)) {
            Soak soak = new Soak(testbed, plane);
            soak.keepFor(time);
            crowd.awaitOpen();
            soak.record.end(crowd.losses(), crowd.echoes(), crowd.failed());
            return soak.record;
        }
    }

    private void keepFor(Duration time) {
        long begin = System.nanoTime();
        long measured = begin;
        long disturbed = begin;
        while (System.nanoTime() - begin < time.toNanos()) {
            if (System.nanoTime() - measured >= 0) {
                measured += MEASURED_EVERY.toNanos();
                testbed.agents().nodes().forEach(node -> record.add(node, NodeMeter.measure(testbed.agents(), node)));
            }
            if (System.nanoTime() - disturbed >= MOVE_EVERY.dividedBy(2).toNanos()) {
                disturbed += MOVE_EVERY.dividedBy(2).toNanos();
                disturb(System.nanoTime() - begin < time.dividedBy(2).toNanos() ? BETWEEN : LATER);
            }
            Await.pause(Duration.ofMillis(100));
        }
    }

    /** A move and another disturbance by turns; each of them befalls the next node. */
    private void disturb(List<Disturbance> between) {
        Disturbance what = turn % 2 == 0 ? Disturbance.MOVE : between.get(turn / 2 % between.size());
        List<Host> nodes = testbed.agents().nodes();
        Host node = nodes.get(turn / 2 % nodes.size());
        turn++;
        long from = System.nanoTime();
        what.act(testbed, node);
        record.add(what, node, from, System.nanoTime());
    }
}
