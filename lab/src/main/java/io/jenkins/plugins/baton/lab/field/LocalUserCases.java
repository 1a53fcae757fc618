package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.experiment.Incident;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import io.jenkins.plugins.baton.lab.usage.MemoryUse;
import io.jenkins.plugins.baton.lab.usage.Usage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What users of a node and its operators do to an agent. */
final class LocalUserCases {
    private static final String NOBODY = "65534";
    private static final int CONNECTIONS = 3000;
    /** Threads and megabytes that come and go by themselves while clients connect. */
    private static final long OWN_THREADS = 20;

    private static final long OWN_MEGABYTES = 30;
    private static final Pattern REFUSED = Pattern.compile("\"jmxRefused\"\\s*:\\s*(\\d+)");

    private LocalUserCases() {}

    static FieldGroup<AgentTestbed> group() {
        return new FieldGroup<>(
                programs -> new AgentTestbed(programs.agent(), Variant.of(Plane.PROXY)),
                List.of(
                        FieldCase.brief(
                                "a local user of the holder opens 3,000 JMX connections",
                                "bash, /dev/tcp, as nobody",
                                LocalUserCases::jmxConnections),
                        FieldCase.brief(
                                "an operator moves the addresses from the preferred node",
                                "handover --to m2",
                                LocalUserCases::order)));
    }

    private static CaseResult jmxConnections(AgentTestbed testbed) {
        Host m1 = testbed.home();
        List<Daemon> agent = testbed.stack().daemons(m1);
        try (Client client = testbed.client()) {
            int threads = Usage.of(agent).threads().size();
            double megabytes = MemoryUse.of(agent).resident();
            Impact impact = Incident.measure(testbed, client, incident -> {
                String script = "ulimit -n 4096; for i in $(seq " + CONNECTIONS
                        + "); do exec {fd}<>/dev/tcp/127.0.0.1/9010; done";
                m1.run("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "bash", "-c", script)
                        .orThrow();
                Await.until(
                        "the agent has refused them",
                        ClusterTestbed.AWAIT_TIMEOUT,
                        () -> refused(testbed, m1) >= CONNECTIONS);
            });
            int moreThreads = Usage.of(agent).threads().size() - threads;
            long moreMegabytes = Math.round(MemoryUse.of(agent).resident() - megabytes);
            CaseResult finding = CaseResult.unharmed(
                    impact,
                    "%d refused, %+d threads, %+d MB".formatted(refused(testbed, m1), moreThreads, moreMegabytes));
            return moreThreads > OWN_THREADS || moreMegabytes > OWN_MEGABYTES
                    ? finding.but("it costs the agent " + moreThreads + " threads and " + moreMegabytes + " MB")
                    : finding;
        }
    }

    private static CaseResult order(AgentTestbed testbed) {
        Host m1 = testbed.home();
        Host m2 = testbed.after(m1);
        try (Client client = testbed.client()) {
            Impact impact = Incident.measure(testbed, client, incident -> {
                testbed.handOver(m1, m2);
                String expected = m2 + " holds by order since";
                Await.until(
                        "m1 says why it does not hold",
                        ClusterTestbed.AWAIT_TIMEOUT,
                        () -> reason(testbed, m1).startsWith(expected));
            });
            CaseResult finding = CaseResult.unharmed(impact, reason(testbed, m1));
            testbed.handOver(m2, m1);
            return finding;
        }
    }

    private static String reason(AgentTestbed testbed, Host host) {
        return testbed.status(host, "stateReason").orElse("");
    }

    private static long refused(AgentTestbed testbed, Host host) {
        Matcher refused = REFUSED.matcher(testbed.ask(host, "status json"));
        return refused.find() ? Long.parseLong(refused.group(1)) : 0;
    }
}
