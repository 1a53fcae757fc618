package io.jenkins.plugins.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ScriptCheckTest {
    private static final Timing HALF_A_SECOND =
            new Timing(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(500), 1, 1);

    @TempDir
    Path directory;

    private Probe script(String body, String... arguments) throws Exception {
        Path file = directory.resolve("check.sh");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        return new Probe.Script(command);
    }

    private CheckStatus first(Probe probe, Timing timing) throws Exception {
        try (CheckBench bench = new CheckBench()) {
            return bench.first(probe, timing);
        }
    }

    @Test
    void exitStatusZeroIsUp() throws Exception {
        CheckStatus status = first(script("exit 0"), CheckBench.PATIENT);
        assertThat(status.health()).isEqualTo(Health.UP);
        assertThat(status.lastResult()).isEqualTo("exit status 0");
    }

    @Test
    void otherExitStatusIsDownAndSaysWhatTheProgramSaid() throws Exception {
        CheckStatus status = first(script("echo 'etcd has no leader' >&2; exit 3"), CheckBench.PATIENT);
        assertThat(status.health()).isEqualTo(Health.DOWN);
        assertThat(status.lastResult()).isEqualTo("exit status 3: etcd has no leader");
    }

    @Test
    void programThatEndsItsProcessGroupEndsOnlyItself() throws Exception {
        CheckStatus status = first(script("kill 0; sleep 10"), CheckBench.PATIENT);
        assertThat(status.lastResult()).isEqualTo("exit status 143");
    }

    @Test
    void shellThatCouldNotForkHasNotAsked() throws Exception {
        Probe probe = script("echo '/bin/sh: fork: Resource temporarily unavailable'; exit 254");
        try (CheckBench bench = new CheckBench();
                HealthWatch watch = bench.monitor.watch(
                        probe, null, CheckBench.PATIENT, false, HealthHysteresis.UNKNOWN, change -> {})) {
            CheckBench.await(watch, status -> status.lastResult().startsWith("could not ask: exit status 254"));
            assertThat(watch.status().health()).isEqualTo(Health.UNKNOWN);
        }
    }

    @Test
    void argumentsAreNotForAShell() throws Exception {
        CheckStatus status = first(script("echo \"$#:$1\"; exit 1", "$(id); `id`"), CheckBench.PATIENT);
        assertThat(status.lastResult()).isEqualTo("exit status 1: 1:$(id); `id`");
    }

    @Test
    void programThatDoesNotExistIsNamed() throws Exception {
        CheckStatus status = first(new Probe.Script(List.of("/nowhere/check")), CheckBench.PATIENT);
        assertThat(status.health()).isEqualTo(Health.DOWN);
        assertThat(status.lastResult()).contains("/nowhere/check").contains("No such file");
    }

    @Test
    void environmentIsMinimalAndTellsTheBackend() throws Exception {
        Path seen = directory.resolve("seen");
        Probe probe = script("env > " + seen + "; pwd >> " + seen + "; mv " + seen + " " + seen + ".done");
        try (CheckBench bench = new CheckBench();
                HealthWatch watch = bench.monitor.watch(
                        probe,
                        new Endpoint(InetAddress.getLoopbackAddress(), 6443),
                        CheckBench.PATIENT,
                        true,
                        HealthHysteresis.UNKNOWN,
                        change -> {})) {
            CheckBench.await(watch, status -> status.health() == Health.UP);
        }
        assertThat(Files.readAllLines(directory.resolve("seen.done")).stream().map(line -> line.replaceAll("=.*", "")))
                .isSubsetOf("PATH", "LANG", "BATON_ADDRESS", "BATON_PORT", "PWD", "OLDPWD", "SHLVL", "_", "/")
                .contains("BATON_ADDRESS", "BATON_PORT");
    }

    @Test
    void programThatHangsIsKilledWithItsChildren() throws Exception {
        Path pids = directory.resolve("pids");
        Probe probe = script("sleep 300 & echo $! >> " + pids + "; echo $$ >> " + pids + "; wait");
        try (CheckBench bench = new CheckBench();
                HealthWatch watch = bench.monitor.watch(
                        probe, null, HALF_A_SECOND, false, HealthHysteresis.UNKNOWN, change -> {})) {
            // On a busy machine the time may be over before the program has begun.
            CheckBench.await(
                    watch,
                    status -> Files.exists(pids)
                            && status.lastResult().startsWith("timed out after 500 ms while running " + directory));
        }
        for (String pid : Files.readAllLines(pids)) {
            awaitGone(Long.parseLong(pid));
        }
    }

    @Test
    void childThatAProgramLeavesBehindHoldsUpNoOtherCheck() throws Exception {
        Path pids = directory.resolve("pids");
        Probe probe = script("sleep 300 & echo $! >> " + pids);
        int more = 70; // than there are workers
        try (CheckBench bench = new CheckBench()) {
            for (int i = 0; i < more; i++) {
                assertThat(bench.first(probe, CheckBench.PATIENT).lastResult()).isEqualTo("exit status 0");
            }
        } finally {
            for (String pid : Files.readAllLines(pids)) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void programThatRunsWhenTheMonitorClosesIsKilled() throws Exception {
        Path pid = directory.resolve("pid");
        Probe probe = script("echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; sleep 300");
        try (CheckBench bench = new CheckBench()) {
            bench.monitor.watch(probe, null, CheckBench.PATIENT, false, HealthHysteresis.UNKNOWN, change -> {});
            for (int i = 0; i < 6000 && !Files.exists(pid); i++) {
                CheckBench.sleep(10);
            }
        }
        awaitGone(Long.parseLong(Files.readString(pid).trim()));
    }

    @Test
    void endlessOutputHarmsNobody() throws Exception {
        CheckStatus status = first(script("while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyy; done"), HALF_A_SECOND);
        assertThat(status.lastResult()).startsWith("timed out after 500 ms");
    }

    @Test
    void muchOutputIsReadButNotKept() throws Exception {
        CheckStatus status = first(script("head -c 5000000 /dev/zero | tr '\\0' 'z'; exit 1"), CheckBench.PATIENT);
        assertThat(status.lastResult()).startsWith("exit status 1").hasSizeLessThan(300);
    }

    private static void awaitGone(long pid) {
        for (int i = 0; i < 6000 && isAlive(pid); i++) {
            CheckBench.sleep(10);
        }
        assertThat(isAlive(pid)).as("process %d lives", pid).isFalse();
    }

    /** A zombie that nobody has waited for yet is as dead as can be. */
    private static boolean isAlive(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
