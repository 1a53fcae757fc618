package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the users of a node, and the scripts of checks, can do to its agent. */
class LocalUsersIT {
    /** Nobody on Debian. */
    private static final String STRANGER = "65534";

    /** As whom the agent of one test runs; nobody has this number. */
    private static final String AGENT = "64999";

    private static final String CAPABILITIES = "+net_admin,+net_raw,+net_bind_service,+sys_nice,+ipc_lock";

    /** What RMI says first, and what it answers with: 'N', the protocol is accepted (JRMP). */
    private static final String HANDSHAKE = "exec 3<>/dev/tcp/127.0.0.1/9010; printf 'JRMI\\0\\2K' >&3;"
            + " IFS= read -r -n1 -t 60 -u 3 answer; echo \"jmx=$answer\"";

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(1);

    private Host m1;

    @BeforeEach
    void findHost() {
        m1 = lab.host("m1");
    }

    private Path configuration(String... lines) {
        ClusterText text = ClusterText.of(lab.lab().nodes()).router().frontend("proxy");
        List.of(lines).forEach(text::line);
        return text.write(lab);
    }

    private Command.Result asStranger(String script) {
        return m1.run("setpriv", "--reuid", STRANGER, "--regid", STRANGER, "--clear-groups", "bash", "-c", script);
    }

    @Test
    void strangerIsRefusedAtOnceAndCostsTheAgentNoThread() throws Exception {
        Backend.start(m1);
        Daemon agent = lab.start(m1, configuration());
        lab.awaitReady(m1);
        assertThat(rmiHandshake()).isEqualTo("jmx=N");
        long before = status(agent, "Threads");
        long kilobytes = status(agent, "VmRSS");

        // bash waits by select(2), which takes 1024 files.
        String many = "for i in $(seq 300); do exec {fd}<>/dev/tcp/127.0.0.1/9010; open+=($fd); done;"
                + " for fd in ${open[@]}; do IFS= read -r -n1 -t 60 -u $fd x || ended=$((ended + 1)); exec {fd}<&-; done;"
                + " echo $ended";
        for (int round = 0; round < 10; round++) { // a program that takes a minute is ended
            assertThat(asStranger(many).orThrow().output().strip()).isEqualTo("300");
        }

        // A few may come and go on their own.
        assertThat(status(agent, "Threads")).isLessThan(before + 20);
        assertThat(status(agent, "VmRSS")).isLessThan(kilobytes + 16_384);
        Await.until(
                "they are counted",
                AWAIT_TIMEOUT,
                () -> lab.status(m1).at("/agent/jmxRefused").asLong() >= 3000);
        assertThat(agent.log().lines().filter(line -> line.contains("JMX: refused nobody")))
                .hasSize(1);
        assertThat(rmiHandshake()).as("root is served all the same").isEqualTo("jmx=N");
    }

    private String rmiHandshake() {
        return m1.run("bash", "-c", HANDSHAKE).orThrow().output().strip();
    }

    @Test
    void userOfTheClusterFileIsAdmittedAfterAReloadAndOnlyAFewConnectionsAtATime() {
        Daemon agent = lab.start(m1, configuration());
        lab.awaitReady(m1);
        assertThat(asStranger(HANDSHAKE).output()).contains("jmx=\n");

        configuration("management: {jmxUsers: [nobody]}");
        agent.reload();
        agent.awaitLog("reloaded", AWAIT_TIMEOUT);
        assertThat(asStranger(HANDSHAKE).output()).contains("jmx=N");
        String tooMany = "for i in $(seq 20); do exec {fd}<>/dev/tcp/127.0.0.1/9010; printf 'JRMI\\0\\2K' >&$fd;"
                + " IFS= read -r -n1 -t 60 -u $fd x && served=$((served + 1)); done; echo $served";
        // Those that have ended may still count for a moment.
        Await.until(
                "eight are served",
                AWAIT_TIMEOUT,
                () -> asStranger(tooMany).orThrow().output().strip().equals("8"));
    }

    @Test
    void whoAskedIsInTheLogWhicheverWayItCame() {
        Backend.start(m1);
        Daemon agent = lab.start(m1, configuration());
        lab.awaitReady(m1);
        Path classes = Path.of("target/test-classes").toAbsolutePath();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        m1.run(java, "-cp", classes.toString(), RmiClientMain.class.getName(), "9010")
                .orThrow();
        agent.awaitLog(
                "JMX: setWeight(7) of baton:type=Backend,frontend=kube-apiserver,name=m1 by root", AWAIT_TIMEOUT);

        m1.run(
                        "env",
                        "SUDO_USER=alice",
                        "RUNTIME_DIRECTORY=" + lab.agent().runtimeDirectory(m1),
                        Path.of("target/baton-agent/bin/baton-agent")
                                .toAbsolutePath()
                                .toString(),
                        "drain",
                        "m1",
                        "--reason",
                        "its disk is slow")
                .orThrow();
        agent.awaitLog(
                "drain by root for alice: kube-apiserver/m1 gets no new connections; reason: its disk is slow",
                AWAIT_TIMEOUT);
    }

    /** As the unit runs it: a user of its own, five capabilities, and a service manager to speak to. */
    @Test
    void checkScriptReachesNothingOfTheAgent() throws Exception {
        Path folder = Files.createDirectories(m1.directory().resolve("script"));
        Path report = folder.resolve("report");
        Path script = script(folder, report);
        Path file = configuration(
                "checks:", "  - {name: spy, type: script, command: [" + script + "], interval: 50s, timeout: 50s}");
        m1.run(
                        "chown",
                        "-R",
                        AGENT,
                        folder.toString(),
                        lab.agent().runtimeDirectory(m1).toString())
                .orThrow();
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid",
                AGENT,
                "--regid",
                AGENT,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps",
                CAPABILITIES,
                "--ambient-caps",
                CAPABILITIES));
        command.addAll(lab.agent().runCommand(m1, file));
        Map<String, String> environment = Map.of(
                "RUNTIME_DIRECTORY", lab.agent().runtimeDirectory(m1).toString(),
                "NOTIFY_SOCKET", m1.directory().resolve("notify").toString());
        Daemon agent = m1.start("agent", command, environment);

        // Two programs start one after the other, and the script may have to be tried again.
        Await.until("the script has tried everything", AWAIT_TIMEOUT.multipliedBy(4), () -> Files.exists(report));
        assertThat(Files.readAllLines(report))
                .as(agent.log())
                .containsExactly(
                        "capabilities 0000000000000000",
                        "descriptors 0 1 2 3", // the last one is of ls itself
                        "environment 0",
                        "jmx=",
                        "control 1",
                        "end");
        assertThat(agent.isAlive()).isTrue();
        assertThat(lab.run(m1, "status").status()).as("root is answered").isZero();
        agent.awaitLog("JMX: refused a check script of this agent", AWAIT_TIMEOUT);
    }

    private Path script(Path folder, Path report) throws IOException {
        Path script = folder.resolve("spy");
        String program =
                Path.of("target/baton-agent/bin/baton-agent").toAbsolutePath().toString();
        Files.writeString(
                script,
                String.join(
                        "\n",
                        "#!/bin/bash",
                        "agent=$PPID",
                        "{",
                        "echo \"capabilities $(sed -n 's/^CapEff:\\t//p' /proc/self/status)\"",
                        "echo descriptors $(ls /proc/self/fd)",
                        "echo \"environment $(env | grep -ciE 'notify|watchdog|invocation|java|runtime_directory')\"",
                        // Its memory, environment and open files, by /proc and so by ptrace(2), which asks for the
                        // same.
                        "for file in mem environ auxv maps stack syscall; do",
                        "  ( : < /proc/$agent/$file ) 2>/dev/null && echo \"opened $file\"",
                        "done",
                        "ls /proc/$agent/fd >/dev/null 2>&1 && echo 'listed its descriptors'",
                        "ls /proc/$agent/cwd/ >/dev/null 2>&1 && echo 'followed its folder'",
                        // The way of jcmd: a file and a signal make a JVM open a socket.
                        "touch /tmp/.attach_pid$agent; kill -QUIT $agent; sleep 2; rm -f /tmp/.attach_pid$agent",
                        "[ -e /tmp/.java_pid$agent ] && echo 'attached'",
                        "ls /tmp/hsperfdata_*/$agent >/dev/null 2>&1 && echo 'found its performance data'",
                        HANDSHAKE,
                        program + " drain m1 --node m1 --runtime-directory "
                                + lab.agent().runtimeDirectory(m1) + " >/dev/null 2>&1; echo \"control $?\"",
                        "echo end",
                        "} > " + report + ".new 2>/dev/null",
                        "mv " + report + ".new " + report,
                        ""));
        m1.run("chmod", "755", script.toString(), folder.toString()).orThrow();
        return script;
    }

    /** A number of proc(5), which counts memory in kilobytes. */
    private static long status(Daemon agent, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + agent.pid() + "/status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
