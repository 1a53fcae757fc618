package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceReport;
import io.jenkins.plugins.baton.fleet.maintenance.Phase;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.systemd.Operator;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that are taken out of service and put back, on three Debian hosts with systemd and an etcd quorum. */
class MaintenanceIT {
    private static final List<String> NODES = List.of("m1", "m2", "m3");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String AGENT = "/opt/baton/current/bin/baton-agent";

    private static SystemdLab lab;
    private static Operator operator;

    @BeforeAll
    static void deploy() throws IOException {
        lab = SystemdLab.start("mainit", Path.of("/var/tmp/baton-maintenance-it"));
        operator = new Operator(lab, Path.of("target/baton/bin/baton"));
        Operator.Result deploy = operator.baton("deploy");
        assertThat(deploy.code()).as(deploy.text()).isZero();
    }

    @AfterAll
    static void remove() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void steady() {
        Operator.Result wait = operator.baton("wait", "--stable", "1", "--timeout", "180");
        assertThat(wait.code()).as(wait.text()).isZero();
    }

    private static NodeStatus status(String node) {
        return StatusJson.parse(lab.ssh(node, AGENT + " status --json"));
    }

    private static boolean isDrained(String node, String backend) {
        return status(node).frontends().stream()
                .flatMap(frontend -> frontend.backends().stream())
                .filter(seen -> seen.name().equals(backend))
                .map(BackendStatus::health)
                .allMatch(health -> health == Health.DRAIN);
    }

    /** As all agents that answer see it. */
    private static boolean isOut(String node) {
        try {
            return NODES.stream().allMatch(other -> isDrained(other, node))
                    && status(node).virtualRouters().stream().allMatch(RouterStatus::suspended);
        } catch (IllegalStateException e) {
            // One starts anew.
            return false;
        }
    }

    private static void assertNothingIsLeft() {
        for (String node : NODES) {
            assertThat(lab.ssh(node, "ls -d /var/lib/baton /run/baton-fleet.lock 2> /dev/null; true"))
                    .as(node)
                    .isBlank();
            assertThat(status(node).virtualRouters()).as(node).noneMatch(RouterStatus::suspended);
        }
    }

    /** A minute, and as long as it takes to start the program of an agent so often on this machine, as busy as it is. */
    private static Duration forLooks(int count) {
        long begin = System.nanoTime();
        status("m2");
        return Duration.ofMinutes(1)
                .plus(Duration.ofNanos(System.nanoTime() - begin).multipliedBy(count));
    }

    /** The words of an ssh by which a command of an operator reaches a host. */
    private static List<String> onHost(String node, String command) {
        return List.of(
                "ssh",
                "-n",
                "-i",
                lab.identity().toString(),
                "-o",
                "UserKnownHostsFile=" + lab.knownHosts(),
                "-o",
                "BatchMode=yes",
                "root@" + lab.address(node),
                command);
    }

    /** The host may close the connection first. */
    private static List<String> rebootOf(String node) {
        return List.of("sh", "-c", String.join(" ", onHost(node, "systemctl reboot")) + " || true");
    }

    private static String[] maintain(String node, String options, List<String> command) {
        List<String> words = new ArrayList<>(List.of("--node", node, "--drain-timeout", "2s"));
        words.addAll(List.of(options.split(" ")));
        words.add("--");
        words.addAll(command);
        return words.toArray(String[]::new);
    }

    @Test
    void drainAndEnableTellAllNodesAndTheLastServerIsNotDrained() {
        Operator.Result first = operator.baton("drain", "m1");
        Operator.Result second = operator.baton("drain", "kube-apiserver/m2");
        assertThat(first.code()).as(first.text()).isZero();
        assertThat(second.code()).as(second.text()).isZero();
        assertThat(NODES).allMatch(node -> isDrained(node, "m1") && isDrained(node, "m2"));

        Operator.Result last = operator.baton("drain", "m3");
        assertThat(last.code()).as(last.text()).isEqualTo(3);
        assertThat(last.text()).contains("m1: sees no other backend of kube-apiserver up", "m2: ", "m3: ");

        assertThat(operator.baton("enable", "m1").code()).isZero();
        assertThat(operator.baton("enable", "m2").code()).isZero();
        assertThat(NODES).noneMatch(node -> isDrained(node, "m1") || isDrained(node, "m2"));
    }

    @Test
    void aRebootOfTheHolderFailsNoConnectAndItTakesNoAddressBeforeItIsWhole() throws Exception {
        String holder = NODES.stream()
                .filter(node -> status(node).virtualRouters().get(0).isMaster())
                .findFirst()
                .orElseThrow();
        String booted =
                lab.ssh(holder, "systemctl show --property UserspaceTimestampMonotonic --property UserspaceTimestamp");

        Process process = operator.start("maintain", maintain(holder, "--probe --json", rebootOf(holder)));
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(text).isZero();
        assertThat(lab.ssh(
                        holder, "systemctl show --property UserspaceTimestampMonotonic --property UserspaceTimestamp"))
                .isNotEqualTo(booted);
        MaintenanceReport report =
                StatusJson.mapper().readValue(text.substring(text.indexOf("\n{") + 1), MaintenanceReport.class);
        System.out.println("maintenance around a reboot of the holder: " + report.summary());
        assertThat(report.phases())
                .extracting(Phase::name)
                .containsExactly("steady", "handover", "drain", "sessions", "work", "return", "enable", "settle");
        assertThat(report.phases().get(1).note()).contains("handed kube-master over to ");
        assertThat(report.client().attempts()).isPositive();
        assertThat(report.client().failedConnects()).as(text).isZero();
        assertThat(report.client().losses())
                .as("none before the work, and none but those to the server that was rebooted")
                .noneMatch(loss -> loss.at().compareTo(report.phases().get(4).at()) < 0)
                .hasSizeLessThanOrEqualTo((int) Math.max(report.sessionsLeft(), 0));
        assertThat(text).contains(holder + ": is drained and takes no address", "the cluster is steady again");
        assertNothingIsLeft();
    }

    @Test
    void aKilledOperatorsNodeStaysOutThroughRestartsAndIsEnabledByTheNodesWhenItsTimeIsOver() throws Exception {
        Duration atMost = forLooks(15);
        Process process = operator.start(
                "maintain", maintain("m2", "--at-most " + atMost.toSeconds() + "s", List.of("sleep", "3600")));
        Await.until("m2 is out", LIMIT, () -> isOut("m2"));
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();

        Operator.Result other = operator.baton("drill", "--scenario", "handover");
        assertThat(other.code()).as(other.text()).isEqualTo(3);
        assertThat(other.text())
                .containsPattern("m1: m2 is in maintenance \\(until 2[^ ]*Z at the latest, by [^)]+ on [^)]+\\)")
                .contains("`baton enable` ends it");
        lab.ssh("m2", "systemctl restart baton-agent");
        lab.ssh("m3", "systemctl restart baton-agent");
        Await.until("m2 is out as the new agents see it", LIMIT, () -> isOut("m2"));
        long until = Long.parseLong(lab.ssh("m2", "sed -n 's/^until //p' /var/lib/baton/maintenance")
                .strip());
        assertThat(lab.ssh("m2", "stat -c '%U %a' /var/lib/baton/maintenance").strip())
                .isEqualTo("root 644");

        Await.until(
                "m2 takes part again",
                LIMIT.plus(atMost),
                () -> status("m2").virtualRouters().stream().noneMatch(RouterStatus::suspended));

        assertThat(Long.parseLong(lab.ssh("m2", "date +%s").strip())).isGreaterThanOrEqualTo(until);
        steady();
        Operator.Result next = operator.baton("maintain", maintain("m3", "--at-most 10m", List.of("true")));
        assertThat(next.code()).as(next.text()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void aCommandThatFailsEndsWithOneAndTheNodeIsBack() {
        Operator.Result failed = operator.baton(
                "maintain",
                maintain("m3", "--at-most 10m", List.of("sh", "-c", "echo at $BATON_NODE_ADDRESS; exit 7")));

        assertThat(failed.code()).as(failed.text()).isEqualTo(1);
        assertThat(failed.text())
                .contains("at " + lab.address("m3"), "the command ended with status 7", "m3: is enabled", "m3 is back");
        assertNothingIsLeft();
    }

    @Test
    void aNodeThatIsNotHealthyAfterwardsStaysOutUntilSomebodyEnablesIt() {
        Operator.Result broken =
                operator.baton("maintain", maintain("m3", "--timeout 20s", onHost("m3", "systemctl stop etcd")));
        try {
            assertThat(broken.code()).as(broken.text()).isEqualTo(4);
            assertThat(broken.text())
                    .contains(
                            "m3 is not healthy within 20s",
                            "sees the backend m3 of kube-apiserver DOWN",
                            "`baton enable m3`");
            assertThat(status("m3").virtualRouters()).allMatch(RouterStatus::suspended);
        } finally {
            lab.ssh("m3", "systemctl start etcd");
        }

        assertThat(operator.baton("enable", "m3").code()).isZero();

        steady();
        assertNothingIsLeft();
    }

    @Test
    void controlCEndsTheCommandAndPutsTheNodeBack() throws Exception {
        Process process = operator.start("maintain", maintain("m2", "--at-most 10m", List.of("sleep", "600")));
        Await.until(
                "m2 is out and the command runs",
                LIMIT,
                () -> isOut("m2")
                        && process.children()
                                .anyMatch(child ->
                                        child.info().command().orElse("").endsWith("sleep")));

        lab.fromOperator("kill", "-INT", String.valueOf(process.pid()));
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(text).isEqualTo(130);
        assertThat(text).contains("interrupted by the operator", "m2: is enabled", "the cluster is steady again");
        assertNothingIsLeft();
    }

    @Test
    void aNodeThatTheOthersCannotSpareIsLeftAlone() {
        lab.ssh("m1", AGENT + " suspend");
        lab.ssh("m3", AGENT + " suspend");
        try {
            Operator.Result refused = operator.baton("maintain", maintain("m2", "--at-most 10m", List.of("true")));

            assertThat(refused.code()).as(refused.text()).isEqualTo(3);
            assertThat(refused.text())
                    .contains(
                            "maintenance of m2 would leave 0 nodes that can hold the virtual address, and 1 are demanded");
        } finally {
            lab.ssh("m1", AGENT + " resume");
            lab.ssh("m3", AGENT + " resume");
        }
        assertNothingIsLeft();
    }
}
