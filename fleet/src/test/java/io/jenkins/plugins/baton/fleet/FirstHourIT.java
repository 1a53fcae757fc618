package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody has keepalived and haproxy as the guides set them up, reads "Five minutes" of the README, and types what it says,
 * while clients connect all the time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstHourIT {
    private static final Path README = Path.of("../README.md");
    private static final Path GUIDE = Path.of("../cluster/src/test/resources/import/guide");
    private static final Path PROGRAMS = Path.of("target/baton/bin");
    private static final Pattern BLOCK = Pattern.compile("```(sh|yaml)\n(.*?)```", Pattern.DOTALL);
    private static final Duration LIMIT = Duration.ofMinutes(6);

    private static SystemdLab lab;
    private static List<String> commands;
    private static String clusterFile;

    @TempDir
    Path folder;

    @BeforeAll
    static void boot() throws IOException {
        String readme = Files.readString(README);
        String section = readme.substring(readme.indexOf("## Five minutes"));
        section = section.substring(0, section.indexOf("\n## ", 1));
        commands = blocks(section, "sh");
        clusterFile = blocks(section, "yaml").get(0);
        lab = SystemdLab.start("firstit", Path.of("/var/tmp/baton-first-hour-it"));
    }

    @AfterAll
    static void remove() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    private static List<String> blocks(String section, String language) {
        return BLOCK.matcher(section)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }

    @Test
    @Order(1)
    void keepalivedAndHaproxyOfTheGuidesAreReplacedByWhatTheReadmeSays() throws Exception {
        startTheGuidesPair();
        String said;
        Load.Seen seen;
        try (Load load = Load.start(lab)) {
            said = type(commands.get(1));
            seen = load.stop();
        }

        assertThat(seen.connects()).isPositive();
        // keepalived gives the address away without a second chance for what its haproxy has just begun to serve.
        assertThat(seen.failed()).as(said).isLessThanOrEqualTo(Math.max(4, seen.underWay()));
        // What is to be looked at asks for no correction here: the hosts are haproxy's servers, in the order of the
        // files.
        assertThat(said.lines()
                        .dropWhile(line -> !line.equals("to look at:"))
                        .skip(1)
                        .takeWhile(line -> line.startsWith("  ")))
                .hasSize(4)
                .allMatch(
                        line -> line.matches(
                                "  nodes: their names and addresses were taken from haproxy's servers; .*"
                                        + "|  k[123]\\.conf: nothing in it says which node it is of; it was taken for master0[123]"));
        assertThat(said)
                .contains(
                        "cluster.yaml is valid: 3 nodes",
                        "plan: master01: stops and disables keepalived and haproxy",
                        "VI_1 is held by master01")
                .containsPattern("deployed \\S+ to .*, master01");
        for (String host : lab.names()) {
            assertThat(lab.ssh(host, "systemctl is-active keepalived haproxy baton-agent; true")
                            .lines())
                    .as(host)
                    .containsExactly("inactive", "inactive", "active");
        }
        type("baton undeploy -f cluster.yaml");
        lab.names().forEach(host -> lab.ssh(host, "systemctl disable --quiet --now keepalived haproxy"));
    }

    @Test
    @Order(2)
    void bareHostsServeTheVirtualAddressAfterWhatTheReadmeSays() throws Exception {
        // What answers here in the place of an apiserver has another path for its health.
        Files.writeString(folder.resolve("cluster.yaml"), clusterFile.replace("/readyz", "/health"));

        String said = type(commands.get(2));

        assertThat(said).contains("cluster.yaml is valid: 3 nodes", "kube-master is held by m1");
        assertThat(lab.fromOperator(
                        "curl",
                        "-sf",
                        "--max-time",
                        "10",
                        "--cacert",
                        lab.authority().toString(),
                        "https://" + SystemdLab.VIRTUAL_ADDRESS + ":" + SystemdLab.FRONTEND_PORT + "/health"))
                .contains("true");
    }

    /** With this lab's name for the interface; everything else is the guides'. */
    private static void startTheGuidesPair() throws IOException {
        List<String> files = List.of("keepalived.conf", "keepalived-2.conf", "keepalived-3.conf");
        for (int i = 0; i < files.size(); i++) {
            Path etc = lab.root(lab.names().get(i)).resolve("etc");
            String text = Files.readString(GUIDE.resolve(files.get(i))).replace("ens160", "eth0");
            Files.writeString(etc.resolve("keepalived/keepalived.conf"), text);
            Files.copy(
                    GUIDE.resolve("haproxy.cfg"),
                    etc.resolve("haproxy/haproxy.cfg"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        for (String host : lab.names()) {
            lab.ssh(host, "systemctl enable --quiet haproxy keepalived; systemctl restart haproxy keepalived");
        }
        lab.ssh("m1", "until ip -o address | grep -qw " + SystemdLab.VIRTUAL_ADDRESS + "; do sleep 0.2; done");
        lab.ssh("m2", "while ip -o address | grep -qw " + SystemdLab.VIRTUAL_ADDRESS + "; do sleep 0.2; done");
    }

    /** As somebody at the operator's place whose key is in ~/.ssh and who has logged in to the hosts before. */
    private String type(String text) throws Exception {
        Path home = home();
        ProcessBuilder shell = lab.atOperator(List.of("sh", "-ec", text));
        shell.directory(folder.toFile()).redirectErrorStream(true);
        shell.environment()
                .put("PATH", home.resolve("bin") + ":" + PROGRAMS.toAbsolutePath() + ":" + System.getenv("PATH"));
        shell.environment().put("BATON_JAVA_OPTIONS", "-Duser.home=" + home);
        shell.environment().remove("SSH_AUTH_SOCK");
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private Path home() throws IOException {
        Path home = folder.resolve("home");
        if (Files.notExists(home)) {
            Path ssh = Files.createDirectories(home.resolve(".ssh"));
            Files.copy(lab.identity(), ssh.resolve("id_ed25519"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.copy(lab.knownHosts(), ssh.resolve("known_hosts"));
            // OpenSSH asks the user database for the home, not the environment.
            Path scp = Files.createDirectories(home.resolve("bin")).resolve("scp");
            Files.writeString(
                    scp,
                    "#!/bin/sh\nexec /usr/bin/scp -q -i %1$s/id_ed25519 -o UserKnownHostsFile=%1$s/known_hosts \"$@\"\n"
                            .formatted(ssh));
            Files.setPosixFilePermissions(scp, PosixFilePermissions.fromString("rwx------"));
        }
        return home;
    }
}
