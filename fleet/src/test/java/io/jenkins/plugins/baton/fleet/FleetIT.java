package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.systemd.Operator;
import io.jenkins.plugins.baton.lab.systemd.Releases;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import io.jenkins.plugins.baton.lab.systemd.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way of an operator: bare Debian hosts with systemd and an etcd quorum, deploy, drill, undeploy. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
    private static final Path PROGRAM = Path.of("target/baton/bin/baton");
    private static final int DEPLOY = 4;
    /** A fault begins half a second after it was armed. */
    private static final long FAULT_IS_ON_MILLIS = 1500;

    private static final List<String> NODES = List.of("m1", "m2", "m3");

    private static SystemdLab lab;
    private static Operator operator;
    /** On the lab of now: a test that runs alone, or again, has a new one and deploys for itself. */
    private static boolean deployed;
    /** Of each host before anything was deployed. */
    private static final Map<String, Trace> BARE = new LinkedHashMap<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void boot() throws IOException {
        lab = SystemdLab.start("fleetit", Path.of("/var/tmp/baton-fleet-it"));
        operator = new Operator(lab, PROGRAM);
        deployed = false;
        NODES.forEach(node -> BARE.put(node, Trace.of(lab, node)));
    }

    @AfterAll
    static void remove() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    @Order(1)
    void beforeAnythingIsDeployedTheStatusSaysSo() throws Exception {
        Operator.Result status = operator.baton("status");

        assertThat(status.code()).isEqualTo(4);
        assertThat(status.text()).contains("m1: no agent is there; run `baton deploy`");
    }

    @Test
    @Order(2)
    void whoMayNotComeInIsToldWhyAndWhatToDo() throws Exception {
        Operator.Result unknownHost = operator.baton("status", "--known-hosts", "/dev/null");
        assertThat(unknownHost.text()).contains("m1: its host key SHA256:", "is not known", "ssh: fingerprints");

        Operator.Result wrongUser = operator.baton("deploy", "--user", "nobody-here");
        assertThat(wrongUser.code()).isEqualTo(4);
        assertThat(wrongUser.text()).contains("m2: ", "refuses user nobody-here");

        // With its time-out it would end with 3, in an hour.
        Operator.Result wait = operator.baton("wait", "--user", "nobody-here", "--timeout", "3600");
        assertThat(wait.code()).isEqualTo(4);
        assertThat(wait.text()).contains("m1: ", "refuses user nobody-here", "or name another user (--user)");

        Operator.Result noSudo = operator.baton("deploy", "--user", "guest");
        assertThat(noSudo.code()).isEqualTo(4);
        assertThat(noSudo.text()).contains("m3: user guest may not use sudo without a password");
    }

    @Test
    @Order(3)
    void aStrangerWithTheSameVridForbidsTheDeployment() throws Exception {
        // Standing where the operator is: not a node of the file.
        Path configuration = Files.writeString(folder.resolve("keepalived.conf"), """
                vrrp_instance stranger {
                  interface eth0
                  virtual_router_id 51
                  priority 10
                  virtual_ipaddress { 10.86.13.77/32 }
                }
                """);
        Path log = folder.resolve("keepalived.log");
        Process stranger = lab.atOperator(List.of(
                        "keepalived",
                        "--dont-fork",
                        "--log-console",
                        "--vrrp",
                        "--use-file",
                        configuration.toString(),
                        "--pid",
                        folder.resolve("pid").toString(),
                        "--vrrp_pid",
                        folder.resolve("vrrp.pid").toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Await.until(
                    "the stranger advertises",
                    Duration.ofMinutes(1),
                    () -> Command.run("cat", log.toString()).output().contains("MASTER STATE"));
            Operator.Result deploy = operator.baton("deploy");
            assertThat(deploy.code()).isEqualTo(3);
            assertThat(deploy.text()).contains("the VRID 51 is in use by 10.86.13.9");
        } finally {
            stranger.descendants().forEach(ProcessHandle::destroy);
            stranger.destroy();
            stranger.waitFor();
        }
    }

    @Test
    @Order(3)
    void whatAFirewallDropsForbidsTheDeploymentThatLeavesNothingBehind() throws Exception {
        lab.ssh(
                "m2",
                "nft add table inet guard; nft 'add chain inet guard in { type filter hook input priority 0; }'; "
                        + "nft add rule inet guard in meta l4proto 112 drop; nft add rule inet guard in tcp dport 9011 drop");
        lab.ssh("m3", "systemctl start firewalld");
        try {
            Operator.Result deploy = operator.baton("deploy");

            assertThat(deploy.code()).as(deploy.text()).isEqualTo(3);
            assertThat(deploy.text())
                    .contains(
                            "`nft insert rule inet guard in meta l4proto 112 accept`",
                            "`nft insert rule inet guard in tcp dport 9011 accept`",
                            "firewall-cmd --permanent --zone=public --add-protocol=vrrp",
                            "nothing was changed")
                    .containsPattern(
                            "m2: its firewall drops what comes in by eth0: VRRP [^\\n]* to 224.0.0.18 from m1, m3")
                    .containsPattern("m3: its firewall drops what comes in by eth0: VRRP [^\\n]* TCP port 8443");
        } finally {
            lab.ssh("m3", "systemctl stop firewalld");
            lab.ssh("m2", "nft delete table inet guard");
        }
        assertThat(Trace.of(lab, "m1").lines())
                .containsExactlyElementsOf(BARE.get("m1").lines());
    }

    @Test
    @Order(3)
    void aNodeThatHearsNoAdvertsIsPutBackAndNothingOfItIsLeft() throws Exception {
        whereAdvertsAreLost(
                lab.clusterFile(), "m2: does not hear the advertisements of m1, which is MASTER in kube-master");
    }

    @Test
    @Order(3)
    void aNodeThatBecomesMasterBesideAnotherIsPutBackAndNothingOfItIsLeft() throws Exception {
        Path file = Files.writeString(
                folder.resolve("no-peer-link.yaml"), Files.readString(lab.clusterFile()) + "\npeerLink: none\n");
        whereAdvertsAreLost(file, "m2: is MASTER in kube-master while m1 is too");
    }

    private static void whereAdvertsAreLost(Path file, String complaint) throws Exception {
        // Lets the trial's packets pass, which have no VRID, and the adverts not.
        for (String node : NODES) {
            lab.ssh(
                    node,
                    "nft add table inet guard; nft 'add chain inet guard in { type filter hook input priority 0; }'; "
                            + "nft add rule inet guard in meta l4proto 112 @th,8,8 51 drop");
        }
        try {
            Operator.Result deploy = operator.baton(file, "deploy");

            assertThat(deploy.code()).as(deploy.text()).isEqualTo(4);
            assertThat(deploy.text())
                    .contains(complaint, "m2: was rolled back to its previous state", "already changed: m1");
        } finally {
            NODES.forEach(node -> lab.ssh(node, "nft delete table inet guard"));
        }
        for (String node : List.of("m2", "m3")) {
            assertThat(Trace.of(lab, node).lines())
                    .as(node)
                    .containsExactlyElementsOf(BARE.get(node).lines());
        }
        Operator.Result undeploy = operator.baton(file, "undeploy");
        assertThat(undeploy.code()).as(undeploy.text()).isZero();
    }

    @Test
    @Order(DEPLOY)
    void deploysToBareHostsAndASecondRunChangesNothing() throws Exception {
        Operator.Result first = operator.baton("deploy");
        assertThat(first.code()).as(first.text()).isZero();
        assertThat(first.text()).contains("to m1, m2, m3");
        String started = startTimes();

        Operator.Result second = operator.batonOnTerminal("deploy", "--user ops");
        assertThat(second.code()).as(second.text()).isZero();
        assertThat(second.text()).contains("nothing to change");
        assertThat(second.text())
                .as("one line that is drawn over and over")
                .containsPattern("looking at 3 nodes[^\\n]*  [0-9]+ s\r[^\\n]*looking at 3 nodes");
        assertThat(first.text()).doesNotContain("\r");
        assertThat(startTimes()).isEqualTo(started);
        deployed = true;
    }

    @BeforeEach
    void laterOnesNeedTheDeployment(TestInfo test) throws Exception {
        int order =
                test.getTestMethod().orElseThrow().getAnnotation(Order.class).value();
        if (order > DEPLOY && !deployed) {
            Operator.Result deploy = operator.baton("deploy");
            assertThat(deploy.code()).as(deploy.text()).isZero();
            deployed = true;
        }
    }

    private static String startTimes() {
        StringBuilder times = new StringBuilder();
        for (String node : NODES) {
            times.append(lab.ssh(node, "systemctl show --property ExecMainStartTimestampMonotonic baton-agent"));
        }
        return times.toString();
    }

    @Test
    @Order(5)
    void theClusterIsSteadyAlsoForOneWhoseSudoAsksForAPassword() throws Exception {
        Path password = Files.createFile(
                folder.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, "lab-sudo-password\n");

        Operator.Result wait = operator.baton(
                "wait",
                "--stable",
                "1",
                "--timeout",
                "120",
                "--user",
                "typist",
                "--sudo-password-file",
                password.toString());

        assertThat(wait.code()).as(wait.text()).isZero();
        assertThat(wait.text()).contains("kube-master is held by m").doesNotContain("lab-sudo-password");
    }

    @Test
    @Order(6)
    void aHandoverFailsNoConnectAndLosesNoAcknowledgedWrite() throws Exception {
        DrillReport drill = whileEtcdIsWritten(() -> drill("handover"));

        assertThat(drill.figures().newHolder()).isNotEmpty();
        assertThat(drill.figures().attempts()).isPositive();
    }

    @Test
    @Order(7)
    void aKilledAgentIsReplacedLosesNoAcknowledgedWriteAndTheReportHasItAll() throws Exception {
        DrillReport drill = whileEtcdIsWritten(() -> drill("agent-kill"));

        assertThat(drill.figures().newHolder()).isNotEqualTo(drill.node()).isNotEmpty();
        assertThat(drill.timeline())
                .anySatisfy(event -> assertThat(event.text()).contains("-> MASTER"));
        assertThat(drill.stages()).extracting(DrillReport.Stage::name).containsExactly("before", "during", "after");
        assertThat(drill.holders()).extracting(DrillReport.Lane::name).containsExactlyElementsOf(NODES);
    }

    /** Numbered keys through the virtual address all the time; all that were acknowledged must be there at the end. */
    private static <T> T whileEtcdIsWritten(Callable<T> work) throws Exception {
        Process writer = lab.startWriter();
        try {
            T result = work.call();
            writer.getOutputStream().close();
            String tally = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(tally).containsPattern(": [1-9][0-9]* writes acknowledged, of them lost 0;");
            return result;
        } finally {
            writer.destroyForcibly();
        }
    }

    /** The verdict's limit is beyond what any loaded machine needs: what is tested is the drill, not the machine. */
    private DrillReport drill(String scenario) throws Exception {
        Path reports = folder.resolve(scenario);
        Operator.Result result = operator.baton(
                "drill",
                "--scenario",
                scenario,
                "--hold",
                "3s",
                "--max-outage",
                "60s",
                "--settle",
                "3m",
                "--report",
                reports.toString());
        assertThat(result.code()).as(result.text()).isZero();
        assertThat(reports.resolve("report.html")).isNotEmptyFile();
        assertThat(reports.resolve("junit.xml")).isNotEmptyFile();
        assertNothingIsLeft();
        return ReportFiles.read(reports.resolve("report.json")).drills().get(0);
    }

    private static void assertNothingIsLeft() {
        for (String node : NODES) {
            assertThat(
                            lab.ssh(
                                    node,
                                    "ls -d /run/baton-drill* /run/baton-fleet.lock 2> /dev/null; "
                                            + "nft list tables | grep drill; systemctl list-units --all --plain 'baton-drill*' --no-legend; true"))
                    .as(node)
                    .isBlank();
        }
    }

    /** All of them with {@code make drills-killed}. */
    static Stream<Scenario> faultsToAbandon() {
        String words = System.getProperty("baton.scenarios", "partition");
        return Stream.of(Scenario.values())
                .filter(s -> words.equals("all") || List.of(words.split(",")).contains(s.word()));
    }

    @ParameterizedTest
    @MethodSource("faultsToAbandon")
    @Order(8)
    void aSecondOperatorIsRefusedAndAFaultEndsByItselfWhenItsOperatorIsKilled(Scenario scenario) throws Exception {
        steady();
        // The second operator's program starts meanwhile, on a machine that may be four times overloaded.
        Process drill = operator.start("drill", "--scenario", scenario.word(), "--hold", "40s");
        String node = "";
        BufferedReader lines = drill.inputReader();
        while (node.isEmpty()) {
            String line = lines.readLine();
            assertThat(line).as("the fault begins").isNotNull();
            node = line.contains(": the fault begins") ? line.substring(0, line.indexOf(':')) : "";
        }
        Thread.sleep(FAULT_IS_ON_MILLIS);
        String another = NODES.get((NODES.indexOf(node) + 1) % NODES.size());
        assertThat(lab.ssh(another, "cut -d' ' -f3- /run/baton-fleet.lock"))
                .contains("(drill " + scenario.word() + ")");
        assertThat(lab.ssh(another, "stat -c '%U %a' /run/baton-fleet.lock").strip())
                .isEqualTo("root 600");
        Operator.Result other = operator.baton("deploy", "--connect-timeout", "2");
        drill.destroyForcibly().waitFor();
        long killed = System.nanoTime();

        assertThat(other.code()).as(other.text()).isIn(3, 4);
        if (!scenario.cutsUsOff()) {
            assertThat(other.text()).contains("(drill " + scenario.word() + ") holds the lock");
        }
        until(another, "! ls /run/baton-fleet.lock");
        until(node, "! ls -d /run/baton-drill*");
        System.out.printf(
                "%s on %s, operator killed: ended by itself %.1f s later%n",
                scenario.word(), node, (System.nanoTime() - killed) / 1e9);
        // A node that was cut off has not heard of the killed operator's end.
        until(node, "! ls /run/baton-fleet.lock");
        assertNothingIsLeft();
        steady();
    }

    @Test
    @Order(9)
    void theNextDrillEndsTheFaultThatAKilledOperatorLeftAndNeedNotWaitForItsTimer() throws Exception {
        steady();
        Process drill = operator.start("drill", "--scenario", "agent-stop", "--node", "m3", "--hold", "120s");
        until("m3", "! systemctl is-active baton-agent");
        drill.destroyForcibly().waitFor();

        Operator.Result next = operator.baton("drill", "--scenario", "handover", "--hold", "2s", "--max-outage", "60s");

        assertThat(next.code()).as(next.text()).isZero();
        assertThat(next.text()).contains("m3: ended the fault agent-stop of a drill whose operator is gone");
        assertNothingIsLeft();
    }

    @Test
    @Order(10)
    void controlCEndsTheFaultFirst() throws Exception {
        steady();
        Process drill = operator.start("drill", "--scenario", "partition", "--node", "m3", "--hold", "120s");
        until("m3", "nft list table inet baton_drill");
        run("kill", "-INT", String.valueOf(drill.pid()));
        String text = new String(drill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(drill.waitFor()).as(text).isEqualTo(130);
        assertThat(text)
                .contains("interrupted: ending the fault first", "the fault has ended", "interrupted by the operator");
        assertNothingIsLeft();
    }

    private void steady() throws Exception {
        Operator.Result wait = operator.baton("wait", "--stable", "1", "--timeout", "120");
        assertThat(wait.code()).as(wait.text()).isZero();
    }

    private static void until(String node, String command) throws InterruptedException {
        long end = System.nanoTime() + 180_000_000_000L;
        while (true) {
            try {
                lab.ssh(node, command + " > /dev/null 2>&1");
                return;
            } catch (IllegalStateException e) {
                assertThat(System.nanoTime()).as("%s: %s", node, command).isLessThan(end);
                Thread.sleep(200);
            }
        }
    }

    @Test
    @Order(11)
    void aDrillIsRefusedWhenTheClusterIsNotSteady() throws Exception {
        steady();
        lab.ssh("m2", "systemctl stop etcd");
        until("m1", "/opt/baton/current/bin/baton-agent status --json | grep -qE '\"health\": ?\"(DOWN|DRAIN)\"'");
        Operator.Result drill = operator.baton("drill", "--scenario", "apiserver-down");
        lab.ssh("m2", "systemctl start etcd");

        assertThat(drill.code()).as(drill.text()).isEqualTo(3);
        assertThat(drill.text()).contains("the cluster is not steady", "sees the backend m2 of kube-apiserver");
        assertNothingIsLeft();
    }

    @Test
    @Order(12)
    void aDrillIsRefusedWhenTheNodesRunAnotherClusterFile() throws Exception {
        Path other =
                Files.writeString(folder.resolve("other.yaml"), Files.readString(lab.clusterFile()) + "# changed\n");

        Operator.Result drill = operator.baton(other, "drill", "--scenario", "handover");

        assertThat(drill.code()).as(drill.text()).isEqualTo(3);
        assertThat(drill.text()).contains("m1: runs another cluster file", "Deploy this file, or use that one");
        assertNothingIsLeft();
    }

    @Test
    @Order(13)
    void aFullDiskForbidsTheDeployment() throws Exception {
        lab.ssh("m2", "mount -t tmpfs -o size=8m tmpfs /opt/baton/releases");
        try {
            Operator.Result deploy = operator.baton(
                    "deploy", "--release", releases().altered("full", "").toString());

            assertThat(deploy.code()).as(deploy.text()).isEqualTo(3);
            assertThat(deploy.text()).contains("m2: has 8 MB free where /opt/baton is, and ", "make room");
        } finally {
            lab.ssh("m2", "umount /opt/baton/releases");
        }
    }

    @Test
    @Order(14)
    void aReleaseThatDoesNotStartIsPutBackAndTheOthersAreNotTouched() throws Exception {
        steady();
        String started = startTimes();

        Operator.Result deploy = operator.baton(
                "deploy", "--release", releases().altered("bad", """
                [ "$1" = run ] && { echo "this release is bad"; exit 1; }
                """).toString());

        assertThat(deploy.code()).as(deploy.text()).isEqualTo(4);
        assertThat(deploy.text()).contains("was rolled back to its previous state", "no other node was touched");
        steady();
        long same =
                Stream.of(startTimes().split("\n")).filter(started::contains).count();
        assertThat(same).isEqualTo(2);
    }

    @Test
    @Order(15)
    void anUpgradeUnderLoadFailsNoConnect() throws Exception {
        Path release = releases().altered("next", "");
        try (Load load = Load.start(lab)) {
            Operator.Result deploy = operator.baton("deploy", "--release", release.toString());
            Load.Seen seen = load.stop();

            assertThat(deploy.code()).as(deploy.text()).isZero();
            assertThat(deploy.text()).contains("to m");
            assertThat(seen.connects()).isPositive();
            assertThat(seen.failed()).isZero();
        }
    }

    @Test
    @Order(16)
    void aNodeThatBootsInItsTurnIsNamedAndPutBackAndAnotherRunGoesOn() throws Exception {
        Path release = releases().altered("third", "");
        Process deploy = operator.start("deploy", "--release", release.toString());
        StringBuilder text = new StringBuilder();
        String hit = "";
        try (BufferedReader lines = deploy.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                text.append(line).append('\n');
                if (hit.isEmpty() && line.contains(": switches to ")) {
                    hit = line.substring(0, line.indexOf(':'));
                    lab.powerOff(hit);
                    lab.powerOn(hit);
                }
            }
        }

        assertThat(deploy.waitFor()).as(text.toString()).isEqualTo(4);
        assertThat(text).contains(hit + ": was rolled back to its previous state", "no other node was touched");
        Operator.Result again = operator.baton("deploy", "--release", release.toString());
        assertThat(again.code()).as(again.text()).isZero();
    }

    private Releases releases() {
        return new Releases(PROGRAM, Path.of("../agent/target/baton-agent"), folder);
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    @Order(17)
    void undeployLeavesNothing() throws Exception {
        Operator.Result undeploy = operator.baton("undeploy");

        assertThat(undeploy.code()).as(undeploy.text()).isZero();
        for (String node : NODES) {
            assertThat(Trace.of(lab, node).lines())
                    .as(node)
                    .containsExactlyElementsOf(BARE.get(node).lines());
        }
    }
}
