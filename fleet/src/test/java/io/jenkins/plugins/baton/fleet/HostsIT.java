package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.deploy.Release;
import io.jenkins.plugins.baton.lab.systemd.Suite;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that differ: m1 is Debian 11, m2 Debian 12, m3 Debian 13; and logins that somebody set up to their taste. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostsIT {
    private static final Path AGENT = Path.of("../agent").toAbsolutePath().normalize();
    /** Debian 11's is 2.31. */
    private static final int OLDEST_GLIBC = 31;

    private static SystemdLab lab;
    private static Operator operator;

    @TempDir
    Path folder;

    @BeforeAll
    static void boot() throws IOException {
        lab = SystemdLab.start("hostsit", Path.of("/var/tmp/baton-hosts-it"),
                List.of(Suite.BULLSEYE, Suite.BOOKWORM, Suite.TRIXIE));
        operator = new Operator(lab);
    }

    @AfterAll
    static void remove() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    /** Becoming root is part of it: the agent's status is root's to ask for. */
    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"fisher", "cshell", "noisy", "strict"})
    void commandsRunForALoginWhateverItsShellPrintsOrItsSudoDemands(String login) throws Exception {
        Operator.Result status = operator.baton("status", "--user", login);

        assertThat(status.text()).contains(
                        "m1: no agent is there; run `baton deploy`",
                        "m2: no agent is there; run `baton deploy`",
                        "m3: no agent is there; run `baton deploy`")
                .doesNotContain("Welcome", "mail", "Exception");
        assertThat(status.code()).isEqualTo(4);
    }

    @Test
    @Order(2)
    void aLoginWithoutAShellIsNamed() throws Exception {
        Operator.Result deploy = operator.baton("deploy", "--user", "nologin");

        assertThat(deploy.code()).isEqualTo(4);
        assertThat(deploy.text()).contains("m2: user nologin gets no shell there", "not available", "usermod --shell")
                .doesNotContain("Exception");
    }

    @Test
    @Order(3)
    void aReleaseThatIsTooNewForAHostIsRefusedBeforeTheUpload() throws Exception {
        Operator.Result deploy = operator.baton("deploy", "--release", tooNew().toString());

        assertThat(deploy.code()).as(deploy.text()).isEqualTo(3);
        assertThat(deploy.text()).contains("m1: has glibc 2.31, and this release needs ", "RUNTIME_JDK=DIR");
        assertThat(lab.ssh("m1", "ls -d /opt/baton 2> /dev/null; true")).isBlank();
    }

    /** The one of this build, where Debian's JDK made its runtime; else the same that says so. */
    private Path tooNew() throws Exception {
        Path built = built();
        if (glibc(built) > OLDEST_GLIBC) {
            return built;
        }
        run("sh", "-c", "mkdir $0/new && tar -xzf $1 -C $0/new && sed -i 's/^glibc=.*/glibc=2.34/' "
                + "$0/new/baton-agent/REQUIREMENTS && tar -czf $0/${1##*/} -C $0/new baton-agent", folder.toString(),
                built.toString());
        return folder.resolve(built.getFileName());
    }

    @Test
    @Order(4)
    void aReleaseWhoseRuntimeIsMadeForOlderHostsRunsOnAllOfThemAndLeavesNothing() throws Exception {
        Path release = forTheseHosts();
        Path file = glibc(release) > OLDEST_GLIBC ? withoutTheOldest() : lab.clusterFile();

        Operator.Result deploy = operator.baton(file, "deploy", "--release", release.toString(), "--user", "noisy");
        assertThat(deploy.code()).as(deploy.text()).isZero();

        Operator.Result wait = operator.baton(file, "wait", "--stable", "1", "--timeout", "120", "--user", "strict");
        assertThat(wait.code()).as(wait.text()).isZero();

        Operator.Result status = operator.baton(file, "status", "--user", "cshell");
        assertThat(status.text()).contains("MASTER", "BACKUP").doesNotContain("no agent is there");

        Operator.Result undeploy = operator.baton(file, "undeploy", "--user", "fisher");
        assertThat(undeploy.code()).as(undeploy.text()).isZero();
        for (String node : lab.names()) {
            assertThat(lab.ssh(node, "nft list tables; ls -d /opt/baton /etc/baton /run/baton* 2> /dev/null; true"))
                    .as(node).isBlank();
        }
    }

    @Test
    @Order(5)
    void anUnprivilegedUserWhoHoldsTheLockOfAnEarlierVersionBlocksNobody() throws Exception {
        // As versions before left it: readable for all, and so for all to lock.
        lab.ssh("m2", "touch /run/baton-fleet.lock; chmod 644 /run/baton-fleet.lock; systemd-run --quiet --uid=guest "
                + "flock /run/baton-fleet.lock sleep 600; until ! flock -n /run/baton-fleet.lock true; do sleep 0.1; done");

        Operator.Result undeploy = operator.baton("undeploy");
        assertThat(undeploy.code()).as(undeploy.text()).isZero();
    }

    /** The folder's files are the build's. */
    private static Path built() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/baton/agent"))) {
            return files.findFirst().orElseThrow().toAbsolutePath();
        }
    }

    private static int glibc(Path release) throws Exception {
        return minor(Release.of(release).requirements().glibc());
    }

    private static int minor(String version) {
        return Integer.parseInt(version.split("\\.")[1]);
    }

    /** Made of a JDK of this machine that is built for older hosts, or else what the build has made. */
    private Path forTheseHosts() throws Exception {
        if (glibc(built()) <= OLDEST_GLIBC) {
            return built();
        }
        try (Stream<Path> jdks = Files.list(Path.of("/usr/lib/jvm"))) {
            for (Path jdk : jdks.filter(one -> Files.isExecutable(one.resolve("bin/jlink"))).toList()) {
                String newest = run("sh", "-c", "grep -rhaoE 'GLIBC_[0-9]+(\\.[0-9]+)+' \"$0/lib\" | sort -Vu | tail -n 1",
                        jdk.toString()).strip();
                if (newest.startsWith("GLIBC_2.") && minor(newest) <= OLDEST_GLIBC) {
                    return assembled(jdk);
                }
            }
        }
        return built();
    }

    private Path assembled(Path jdk) throws Exception {
        Path target = Files.createDirectory(folder.resolve("target"));
        Path agent = AGENT.resolve("target");
        run("sh", "-c", "cp -R \"$1/jars\" \"$1/natives\" \"$1\"/baton-agent-*.jar \"$0\"", target.toString(), agent.toString());
        String version = built().getFileName().toString().replaceAll("baton-agent-(.*)-linux-.*", "$1");
        run(AGENT + "/src/main/dist/assemble.sh", jdk.toString(), AGENT + "/src/main/dist", target.toString(), version,
                "2026-01-01T00:00:00Z");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(one -> one.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
        }
    }

    private Path withoutTheOldest() throws IOException {
        String text = Files.readString(lab.clusterFile());
        return Files.writeString(folder.resolve("younger.yaml"), text.replaceAll("(?m)^.*\\{name: m1,.*\\R", ""));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
