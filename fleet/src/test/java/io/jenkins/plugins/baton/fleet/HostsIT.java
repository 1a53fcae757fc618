package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.systemd.Operator;
import io.jenkins.plugins.baton.lab.systemd.Releases;
import io.jenkins.plugins.baton.lab.systemd.Suite;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final Path PROGRAM = Path.of("target/baton/bin/baton");
    /** Debian 11's is 2.31. */
    private static final int OLDEST_GLIBC = 31;

    private static SystemdLab lab;
    private static Operator operator;

    @TempDir
    Path folder;

    @BeforeAll
    static void boot() throws IOException {
        lab = SystemdLab.start(
                "hostsit", Path.of("/var/tmp/baton-hosts-it"), List.of(Suite.BULLSEYE, Suite.BOOKWORM, Suite.TRIXIE));
        operator = new Operator(lab, PROGRAM);
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

        assertThat(status.text())
                .contains(
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
        assertThat(deploy.text())
                .contains("m2: user nologin gets no shell there", "not available", "usermod --shell")
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
    private Path tooNew() {
        return Releases.glibc(releases().built()) > OLDEST_GLIBC
                ? releases().built()
                : releases().needing("glibc", "2.34");
    }

    private Releases releases() {
        return new Releases(PROGRAM, Path.of("../agent/target/baton-agent"), folder);
    }

    @Test
    @Order(4)
    void aReleaseWhoseRuntimeIsMadeForOlderHostsRunsOnAllOfThemAndLeavesNothing() throws Exception {
        Path release = releases().forHostsFrom(OLDEST_GLIBC);
        boolean all = Releases.glibc(release) <= OLDEST_GLIBC;
        Path file = all ? lab.clusterFile() : withoutTheOldest();

        Operator.Result deploy = operator.baton(file, "deploy", "--release", release.toString(), "--user", "noisy");
        assertThat(deploy.code()).as(deploy.text()).isZero();
        assertThat(deploy.text().contains("m1: warning: its nftables 0.9.8 does not know"))
                .as(deploy.text())
                .isEqualTo(all);

        Operator.Result wait = operator.baton(file, "wait", "--stable", "1", "--timeout", "120", "--user", "strict");
        assertThat(wait.code()).as(wait.text()).isZero();

        Operator.Result status = operator.baton(file, "status", "--user", "cshell");
        assertThat(status.text()).contains("MASTER", "BACKUP").doesNotContain("no agent is there");

        Operator.Result undeploy = operator.baton(file, "undeploy", "--user", "fisher");
        assertThat(undeploy.code()).as(undeploy.text()).isZero();
        for (String node : lab.names()) {
            assertThat(lab.ssh(node, "nft list tables; ls -d /opt/baton /etc/baton /run/baton* 2> /dev/null; true"))
                    .as(node)
                    .isBlank();
        }
    }

    @Test
    @Order(5)
    void anUnprivilegedUserWhoHoldsTheLockOfAnEarlierVersionBlocksNobody() throws Exception {
        // As versions before left it: readable for all, and so for all to lock.
        lab.ssh(
                "m2",
                "touch /run/baton-fleet.lock; chmod 644 /run/baton-fleet.lock; systemd-run --quiet --uid=guest "
                        + "flock /run/baton-fleet.lock sleep 600; until ! flock -n /run/baton-fleet.lock true; do sleep 0.1; done");

        Operator.Result undeploy = operator.baton("undeploy");
        assertThat(undeploy.code()).as(undeploy.text()).isZero();
    }

    private Path withoutTheOldest() throws IOException {
        String text = Files.readString(lab.clusterFile());
        return Files.writeString(folder.resolve("younger.yaml"), text.replaceAll("(?m)^.*\\{name: m1,.*\\R", ""));
    }
}
