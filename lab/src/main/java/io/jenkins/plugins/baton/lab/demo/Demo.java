package io.jenkins.plugins.baton.lab.demo;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.fault.BatonStack;
import io.jenkins.plugins.baton.lab.fault.Fault;
import io.jenkins.plugins.baton.lab.fault.FaultTestbed;
import io.jenkins.plugins.baton.lab.fault.Incident;
import io.jenkins.plugins.baton.lab.fault.Incident.Outcome;
import io.jenkins.plugins.baton.lab.fault.KeepalivedStack;
import io.jenkins.plugins.baton.lab.fault.Stack;
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
    private static final Duration FLAPS_SHOW_WITHIN = Duration.ofSeconds(2);

    private final Screen screen = new Screen();
    private final List<Outcome> outcomes = new ArrayList<>();

    private Demo() {}

    public static void main(String[] arguments) {
        try (Lab lab = Lab.withNodes(3)) {
            new Demo().play(lab, arguments);
        } catch (LabException e) {
            System.err.println("demo: " + e.getMessage());
            System.exit(1);
        }
    }

    private void play(Lab lab, String[] arguments) {
        Stack stack = arguments.length == 2
                ? new BatonStack(
                        new Agent(Path.of(arguments[0])), Path.of(arguments[1]).toAbsolutePath())
                : new KeepalivedStack(Keepalived.configuration(), lab.nodes());
        introduce(stack, lab);
        try (FaultTestbed testbed = new FaultTestbed(lab, stack)) {
            screen.done("three HTTPS backends (nginx) answer on port " + AddressPlan.BACKEND_PORT);
            elect(testbed);
            long begin = System.nanoTime();
            screen.during("starting the client", () -> "", () -> {
                testbed.startClient();
                return null;
            });
            screen.done("client: a new TLS connection every 5 ms, and " + FaultTestbed.SESSIONS
                    + " long-lived HTTPS sessions, all to " + AddressPlan.VIP + ":" + AddressPlan.FRONTEND_PORT);
            screen.line("");
            for (Fault fault : FAULTS) {
                strike(testbed, fault);
            }
            conclude(testbed.client().since(begin));
        }
    }

    private void introduce(Stack stack, Lab lab) {
        screen.line("");
        screen.title(stack.name() + ": three nodes, one virtual IP, five faults");
        screen.line("");
        for (Host node : lab.nodes()) {
            screen.line("  " + node + "   " + node.ipv4());
        }
        screen.line("  VIP  " + AddressPlan.VIP + ", held by one of them; client "
                + lab.client().ipv4());
        screen.line("  All hosts are network namespaces; this machine's own network does not change.");
        screen.line("");
    }

    private void elect(FaultTestbed testbed) {
        String what = "starting three " + testbed.stack().process() + "s at the same time";
        Duration election = screen.during(what, () -> "VIP on " + holders(testbed), testbed::startStack);
        Await.pause(FLAPS_SHOW_WITHIN);
        int changes = testbed.vip().history().size();
        screen.done("three " + testbed.stack().process() + "s started at the same time: " + holders(testbed)
                + " holds the VIP after " + election.toMillis() + " ms"
                + (changes == 1 ? ", and there was no second move" : ", in " + changes + " moves"));
    }

    private void strike(FaultTestbed testbed, Fault fault) {
        Host expected = testbed.nodes().get(fault.movesVip() ? 0 : 1);
        String what = fault.describe(testbed, expected);
        Incident incident = testbed.begin(fault);
        Outcome outcome = screen.during(
                (outcomes.size() + 1) + "/" + FAULTS.size() + " " + what,
                () -> progress(testbed, incident),
                incident::observe);
        outcomes.add(outcome);
        if (outcome.impact().failed() == 0) {
            screen.done(what + ": " + story(outcome));
        } else {
            screen.hurt(what + ": " + story(outcome));
        }
        screen.during("ending the fault", () -> progress(testbed, incident), incident::revert);
    }

    private static String progress(FaultTestbed testbed, Incident incident) {
        Impact impact = incident.impact();
        return "%d connects, %d failed, longest outage %d ms, VIP on %s"
                .formatted(impact.connects(), impact.failed(), impact.outage().toMillis(), holders(testbed));
    }

    private static String holders(FaultTestbed testbed) {
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
