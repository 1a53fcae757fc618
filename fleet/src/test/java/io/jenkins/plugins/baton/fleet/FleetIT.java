package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

/** The whole way of an operator: bare Debian hosts with systemd and an etcd quorum, deploy, drill, undeploy. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
    private static final int DEPLOY = 4;
    private static final List<String> NODES = List.of("m1", "m2", "m3");

    private static SystemdLab lab;
    private static Operator operator;
    /** What comes after the deployment cannot tell anything without it, and would wait long to say so. */
    private static boolean deployed;

    @TempDir
    Path folder;

    @BeforeAll
    static void boot() throws IOException {
        lab = SystemdLab.start("fleetit", Path.of("/var/tmp/baton-fleet-it"));
        operator = new Operator(lab);
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
        Process stranger = new ProcessBuilder(Stream.concat(lab.operatorPrefix().stream(), Stream.of("keepalived",
                        "--dont-fork", "--vrrp", "--use-file", configuration.toString(), "--pid",
                        folder.resolve("pid").toString(), "--vrrp_pid", folder.resolve("vrrp.pid").toString())).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // Its first advertisement is 3.6 s away; the preflight listens for 4 s and may be tried again.
            Operator.Result deploy = operator.baton("deploy");
            for (int i = 0; i < 5 && deploy.code() == 0; i++) {
                deploy = operator.baton("deploy");
            }
            assertThat(deploy.code()).isEqualTo(3);
            assertThat(deploy.text()).contains("the VRID 51 is in use by 10.86.13.9");
        } finally {
            stranger.descendants().forEach(ProcessHandle::destroy);
            stranger.destroy();
            stranger.waitFor();
        }
    }

    @Test
    @Order(DEPLOY)
    void deploysToBareHostsAndASecondRunChangesNothing() throws Exception {
        Operator.Result first = operator.baton("deploy");
        assertThat(first.code()).as(first.text()).isZero();
        assertThat(first.text()).contains("to m1, m2, m3");
        String started = startTimes();

        Operator.Result second = operator.baton("deploy", "--user", "ops");
        assertThat(second.code()).as(second.text()).isZero();
        assertThat(second.text()).contains("nothing to change");
        assertThat(startTimes()).isEqualTo(started);
        deployed = true;
    }

    @BeforeEach
    void laterOnesNeedTheDeployment(TestInfo test) {
        int order = test.getTestMethod().orElseThrow().getAnnotation(Order.class).value();
        assertThat(deployed || order <= DEPLOY).as("deployed").isTrue();
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
        Path password = Files.createFile(folder.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, "lab-sudo-password\n");

        Operator.Result wait = operator.baton(
                "wait", "--stable", "1", "--timeout", "120", "--user", "typist", "--sudo-password-file", password.toString());

        assertThat(wait.code()).as(wait.text()).isZero();
        assertThat(wait.text()).contains("kube-master is owned by m").doesNotContain("lab-sudo-password");
    }

    @Test
    @Order(6)
    void aHandoverFailsNoConnectAndLosesNoAcknowledgedWrite() throws Exception {
        DrillReport drill = whileEtcdIsWritten(() -> drill("handover"));

        assertThat(drill.figures().newOwner()).isNotEmpty();
        assertThat(drill.figures().attempts()).isPositive();
    }

    @Test
    @Order(7)
    void aKilledAgentIsReplacedLosesNoAcknowledgedWriteAndTheReportHasItAll() throws Exception {
        DrillReport drill = whileEtcdIsWritten(() -> drill("agent-kill"));

        assertThat(drill.figures().newOwner()).isNotEqualTo(drill.node()).isNotEmpty();
        assertThat(drill.timeline()).anySatisfy(event -> assertThat(event.text()).contains("-> MASTER"));
        assertThat(drill.stages()).extracting(DrillReport.Stage::name).containsExactly("before", "during", "after");
        assertThat(drill.ownership()).extracting(DrillReport.Lane::name).containsExactlyElementsOf(NODES);
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
        Operator.Result result = operator.baton("drill", "--scenario", scenario, "--hold", "3s", "--max-outage", "60s",
                "--settle", "3m", "--report", reports.toString());
        assertThat(result.code()).as(result.text()).isZero();
        assertThat(reports.resolve("report.html")).isNotEmptyFile();
        assertThat(reports.resolve("junit.xml")).isNotEmptyFile();
        assertNothingIsLeft();
        return ReportFiles.read(reports.resolve("report.json")).drills().get(0);
    }

    private static void assertNothingIsLeft() {
        for (String node : NODES) {
            assertThat(lab.ssh(node, "ls -d /run/baton-drill* /run/baton-fleet.lock 2> /dev/null; "
                            + "nft list tables | grep drill; systemctl list-units --all --plain 'baton-drill*' --no-legend; true"))
                    .as(node)
                    .isBlank();
        }
    }

    @Test
    @Order(8)
    void aSecondOperatorIsRefusedAndAFaultEndsByItselfWhenItsOperatorIsKilled() throws Exception {
        Process drill = operator.start("drill", "--scenario", "partition", "--node", "m3", "--hold", "2s", "--settle", "5s");
        until("m3", "nft list table inet baton_drill");
        Operator.Result other = operator.baton("drill", "--scenario", "handover");
        drill.destroyForcibly().waitFor();

        assertThat(other.code()).as(other.text()).isEqualTo(3);
        assertThat(other.text()).contains("m1: ", "(drill partition) holds the lock");
        until("m1", "! ls /run/baton-fleet.lock");
        until("m3", "! nft list tables | grep drill");
        until("m3", "! ls -d /run/baton-drill*");
        assertNothingIsLeft();
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
        assertThat(text).contains("interrupted: ending the fault first", "the fault has ended", "interrupted by the operator");
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
    void aReleaseThatDoesNotStartIsPutBackAndTheOthersAreNotTouched() throws Exception {
        steady();
        String started = startTimes();

        Operator.Result deploy = operator.baton("deploy", "--release", badRelease().toString());

        assertThat(deploy.code()).as(deploy.text()).isEqualTo(4);
        assertThat(deploy.text()).contains("was put back to what it was before", "no other node was touched");
        steady();
        long same = Stream.of(startTimes().split("\n")).filter(started::contains).count();
        assertThat(same).isEqualTo(2);
    }

    /** As the real one, but its daemon ends at once. */
    private Path badRelease() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("target/baton/agent"))) {
            Path good = files.findFirst().orElseThrow();
            Path tree = Files.createDirectory(folder.resolve("tree"));
            run("tar", "-xzf", good.toAbsolutePath().toString(), "-C", tree.toString());
            Path program = tree.resolve("baton-agent/bin/baton-agent");
            Files.move(program, program.resolveSibling("real"));
            Files.writeString(program, """
                    #!/bin/sh
                    [ "$1" = run ] && { echo "this release is bad"; exit 1; }
                    exec "$(dirname "$(readlink -f "$0")")/real" "$@"
                    """);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path bad = folder.resolve(good.getFileName().toString());
            run("tar", "-czf", bad.toString(), "-C", tree.toString(), "baton-agent");
            return bad;
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    @Order(13)
    void undeployLeavesNothing() throws Exception {
        Operator.Result undeploy = operator.baton("undeploy");

        assertThat(undeploy.code()).as(undeploy.text()).isZero();
        for (String node : NODES) {
            assertThat(lab.ssh(node, "ls -d /opt/baton /etc/baton /run/baton* 2> /dev/null; getent passwd baton; "
                            + "ip -o address | grep 10.86.13.36; nft list tables; systemctl cat baton-agent 2> /dev/null; true"))
                    .as(node)
                    .isBlank();
        }
    }
}
