package io.jenkins.plugins.baton.fleet.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.systemd.Operator;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole cluster in the JDK's JConsole, by {@code baton jmx} on three hosts with systemd. */
class JmxIT {
    private static final Path PROGRAM = Path.of("target/baton/bin/baton");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static SystemdLab lab;
    private static Operator operator;

    @BeforeAll
    static void deploy() throws IOException {
        lab = SystemdLab.start("jmxit", Path.of("/var/tmp/baton-jmx-it"));
        operator = new Operator(lab, PROGRAM);
        Operator.Result deploy = operator.baton("deploy");
        assertThat(deploy.code()).as(deploy.text()).isZero();
        Operator.Result wait = operator.baton("wait", "--stable", "1", "--timeout", "120");
        assertThat(wait.code()).as(wait.text()).isZero();
    }

    @AfterAll
    static void remove() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aHandoverInJConsoleMovesTheAddressAndBothNodesTellOfIt() throws Exception {
        String router = router();
        String holder = holder();
        String other = lab.names().stream()
                .filter(name -> !name.equals(holder))
                .findFirst()
                .orElseThrow();
        Path screenshot = Path.of("target/jconsole-cluster.png").toAbsolutePath();
        Files.deleteIfExists(screenshot);
        Process jmx = operator.start("jmx");
        try {
            String url = url(jmx);
            String stranger = lab.fromOperator(
                    "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "bash", "-c", handshake(url));
            assertThat(stranger).as("another user of the operator's machine").contains("answer=\n");

            String seen = jconsole(url, screenshot, router, holder, other);

            assertThat(seen)
                    .contains("tree baton/Cluster", "tree baton/m1\n", "tree baton/m2\n", "tree baton/m3\n")
                    .contains("answer Method successfully invoked")
                    .containsPattern("notified " + holder + " [1-9]")
                    .containsPattern("notified " + other + " [1-9]");
            assertThat(screenshot).isNotEmptyFile();
            Await.until("another node holds the address", LIMIT, () -> !holder().equals(holder));
            assertThat(lab.ssh(holder, "journalctl -u baton-agent --no-pager"))
                    .contains("operate by root for " + System.getProperty("user.name"), "a hand at JConsole");
        } finally {
            jmx.destroy();
            assertThat(jmx.waitFor(60, TimeUnit.SECONDS))
                    .as("it ends when it is told to")
                    .isTrue();
        }
    }

    private static String url(Process jmx) throws IOException {
        BufferedReader lines = jmx.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("service:jmx:")) {
                return line;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("it gave no address: " + said);
    }

    private static String handshake(String url) {
        String port = url.replaceFirst(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1");
        return "exec 3<>/dev/tcp/127.0.0.1/" + port + "; printf 'JRMI\\0\\2K' >&3; IFS= read -r -n1 -t 60 -u 3 answer;"
                + " echo \"answer=$answer\"";
    }

    private String jconsole(String url, Path screenshot, String router, String holder, String other) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = lab.atOperator(List.of(
                "xvfb-run",
                "--auto-servernum",
                "--server-args=-screen 0 1300x900x24",
                java,
                "--add-exports",
                "jdk.jconsole/sun.tools.jconsole=ALL-UNNAMED",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                JConsoleMain.class.getName(),
                url,
                screenshot.toString(),
                router,
                holder,
                other));
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private static String router() throws ClusterFileException {
        return ClusterFile.read(lab.clusterFile())
                .cluster()
                .virtualRouters()
                .get(0)
                .name();
    }

    private static String holder() {
        String status = operator.baton("status").text();
        return lab.names().stream()
                .filter(name -> status.lines().anyMatch(line -> line.startsWith(name) && line.contains(" MASTER ")))
                .findFirst()
                .orElse("");
    }
}
