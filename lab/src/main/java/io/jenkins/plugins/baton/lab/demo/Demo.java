package io.jenkins.plugins.baton.lab.demo;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Haproxy;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.experiment.BatonStack;
import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.experiment.Fault;
import io.jenkins.plugins.baton.lab.experiment.FaultRun;
import io.jenkins.plugins.baton.lab.experiment.FaultRun.Outcome;
import io.jenkins.plugins.baton.lab.experiment.KeepalivedStack;
import io.jenkins.plugins.baton.lab.experiment.Stack;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Three nodes, one virtual IP, five faults, and a client that keeps talking through it. Arguments: the agent's
 * distribution and the cluster file; or {@code keepalived}, to see the same with keepalived and haproxy.
 */
public final class Demo {
    private static final List<Fault> FAULTS =
            List.of(Fault.KILL, Fault.STOP, Fault.FREEZE, Fault.LINK_DOWN, Fault.BACKEND_DOWN);
    private static final int SESSIONS = 20;
    private static final Duration FLAPS_SHOW_WITHIN = Duration.ofSeconds(2);

    private final Screen screen = new Screen();
    private final List<Outcome> outcomes = new ArrayList<>();

    private final ClusterTestbed testbed;

    private Demo(ClusterTestbed testbed) {
        this.testbed = testbed;
    }

    public static void main(String[] arguments) {
        try (ClusterTestbed testbed = new ClusterTestbed(3, stack(arguments))) {
            new Demo(testbed).play();
        } catch (LabException e) {
            System.err.println("demo: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Stack stack(String[] arguments) {
        return arguments.length == 2
                ? BatonStack.ofFile(
                        "Baton", new Agent(Path.of(arguments[0])), Variant.of(Plane.AUTO), Path.of(arguments[1]))
                : new KeepalivedStack(
                        "keepalived + haproxy, adverts every 1 s", Keepalived.configuration(), Haproxy.ofTheGuide());
    }

    private void play() {
        introduce();
        screen.done("three HTTPS backends (nginx) answer on port " + AddressPlan.BACKEND_PORT);
        elect();
        long begin = System.nanoTime();
        try (Client client = screen.during("starting the client", () -> "", () -> testbed.client(SESSIONS))) {
            screen.done("client: a new TLS connection every 5 ms, and " + SESSIONS
                    + " long-lived HTTPS sessions, all to " + AddressPlan.VIP + ":" + AddressPlan.FRONTEND_PORT);
            screen.line("");
            FAULTS.forEach(fault -> strike(client, fault));
            conclude(client.since(begin));
        }
    }

    private void introduce() {
        screen.line("");
        screen.title(testbed.stack().name() + ": three nodes, one virtual IP, five faults");
        screen.line("");
        for (Host node : testbed.nodes()) {
            screen.line("  " + node + "   " + node.ipv4());
        }
        screen.line("  VIP  " + AddressPlan.VIP + ", held by one of them; client "
                + testbed.lab().client().ipv4());
        screen.line("  All hosts are network namespaces; this machine's own network does not change.");
        screen.line("");
    }

    private void elect() {
        String what = "starting three " + testbed.stack().process() + "s at the same time";
        Duration election = screen.during(what, () -> "VIP on " + holders(), testbed::start);
        Await.pause(FLAPS_SHOW_WITHIN);
        int changes = testbed.vip().history().size();
        screen.done("three " + testbed.stack().process() + "s started at the same time: " + holders()
                + " holds the VIP after " + election.toMillis() + " ms"
                + (changes == 1 ? ", and there was no second move" : ", in " + changes + " moves"));
    }

    private void strike(Client client, Fault fault) {
        String what = fault.describe(testbed);
        FaultRun run = FaultRun.begin(testbed, client, fault);
        Outcome outcome = screen.during(
                (outcomes.size() + 1) + "/" + FAULTS.size() + " " + what, () -> progress(run), run::observe);
        outcomes.add(outcome);
        if (outcome.impact().failed() == 0) {
            screen.done(what + ": " + story(outcome));
        } else {
            screen.hurt(what + ": " + story(outcome));
        }
        screen.during("ending the fault", () -> progress(run), run::revert);
    }

    private String progress(FaultRun run) {
        Impact impact = run.impact();
        return "%d connects, %d failed, longest outage %d ms, VIP on %s"
                .formatted(impact.connects(), impact.failed(), impact.outage().toMillis(), holders());
    }

    private String holders() {
        return testbed.vip().holders().stream().map(Host::name).collect(Collectors.joining(" and "));
    }

    private static String story(Outcome outcome) {
        Impact impact = outcome.impact();
        String who = outcome.takeover()
                .map(t -> t.by() + " took over after " + t.after().toMillis() + " ms")
                .orElse("the VIP stays on " + outcome.holder().map(Host::name).orElse("nobody"));
        return who + "; " + impact.failed() + " of " + impact.connects() + " connects failed, longest outage "
                + impact.outage().toMillis() + " ms";
    }

    private void conclude(Impact whole) {
        screen.line("");
        screen.title("What the client noticed");
        Report.heading().forEach(screen::line);
        outcomes.forEach(outcome -> screen.line(Report.row(outcome)));
        screen.line("");
        screen.line(
                "  slow: answered after more than " + Impact.SLOW.toMillis()
                        + " ms, because TCP repeated its SYN. outage: from the first new connection that fails or is slow to the next good one.");
        screen.line(
                "  In total, including each return to the first state: " + whole.failed() + " of " + whole.connects()
                        + " connects failed, " + whole.lostSessions() + " sessions were lost and opened again.");
        screen.line("");
    }
}
