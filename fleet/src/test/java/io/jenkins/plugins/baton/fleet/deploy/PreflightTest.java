package io.jenkins.plugins.baton.fleet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.FleetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final String GOOD = """
            architecture=x86_64
            systemd=running
            nftables=yes
            directReturn=yes
            boundingCapabilities=000001ffffffffff
            freeKilobytes=9000000
            hardwareAddress=02:00:00:00:00:0%1$d
            linkState=eth0 up
            address=10.0.0.%1$d
            agent=inactive
            """;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private boolean replaceKeepalived;

    PreflightTest() {
        for (int i = 1; i <= 3; i++) {
            texts.put("m" + i, GOOD.formatted(i));
        }
    }

    private List<String> findings() {
        Map<String, Facts> facts = new LinkedHashMap<>();
        texts.forEach((name, text) -> facts.put(name, Facts.parse(text, 0, 1)));
        return findings(facts);
    }

    private List<String> findings(Map<String, Facts> facts) {
        Release release = new Release(Path.of("x"), "1", "x86_64", "0".repeat(64));
        return new Preflight(Example.cluster().cluster(), release, replaceKeepalived)
                .findings(facts).stream().map(Finding::toString).toList();
    }

    private void alter(String node, String from, String to) {
        assertThat(texts.get(node)).contains(from);
        texts.put(node, texts.get(node).replace(from, to));
    }

    private void add(String node, String line) {
        texts.put(node, texts.get(node) + line + "\n");
    }

    @Test
    void goodHostsGiveNoFinding() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void everythingIsSaidAtOnce() {
        alter("m1", "x86_64", "aarch64");
        alter("m2", "systemd=running\n", "");
        alter("m2", "freeKilobytes=9000000", "freeKilobytes=1000");
        alter("m3", "000001ffffffffff", "0000000000000000");
        add("m3", "noexec=/opt");
        add("m3", "listener=8443 nginx");

        assertThat(findings()).hasSize(6).allSatisfy(text -> assertThat(text).matches("m[123]: .*[;,].*"));
    }

    @Test
    void aStrangerWithOurAddressOrOurVridIsNamedOnce() {
        add("m1", "answers=10.0.0.9 02:00:00:00:00:77");
        add("m2", "answers=10.0.0.9 02:00:00:00:00:77");
        add("m1", "advertises=10.0.0.50 51");
        add("m3", "advertises=10.0.0.50 51");

        assertThat(findings()).hasSize(2).anySatisfy(text -> assertThat(text).contains("02:00:00:00:00:77"))
                .anySatisfy(text -> assertThat(text).contains("the VRID 51 is in use by 10.0.0.50"));
    }

    @Test
    void anotherVridOrOurOwnNodesAreNoStrangers() {
        add("m1", "advertises=10.0.0.50 52");
        add("m1", "advertises=10.0.0.2 51");
        add("m1", "answers=10.0.0.9 02:00:00:00:00:02");

        assertThat(findings()).isEmpty();
    }

    @Test
    void aRunningPairForbidsTheDeploymentUnlessItIsToBeReplaced() {
        add("m1", "running=keepalived");
        add("m1", "running=haproxy");
        add("m1", "listener=8443 haproxy");

        assertThat(findings()).hasSize(2).allSatisfy(text -> assertThat(text).contains("--replace-keepalived"));
        replaceKeepalived = true;
        assertThat(findings()).isEmpty();
    }

    @Test
    void aWrongAddressOrInterfaceIsAMistakeInTheFile() {
        alter("m2", "address=10.0.0.2", "address=10.0.0.7");
        alter("m3", "linkState=eth0 up\n", "");

        assertThat(findings()).containsExactly(
                "m2: has no address 10.0.0.2; correct `nodes` in the cluster file, or the host's addresses",
                "m3: has no interface eth0 for vip; name the right one on the node in the cluster file");
    }

    @Test
    void anInterfaceThatIsDownIsNamed() {
        alter("m1", "linkState=eth0 up", "linkState=eth0 down");

        assertThat(findings()).containsExactly("m1: its interface eth0 is down; bring it up");
    }

    @Test
    void whatKeepsAHostFromTheKernelPlaneIsAWarning() {
        alter("m1", "directReturn=yes\n", "");
        alter("m2", "nftables=yes\n", "");

        assertThat(findings()).hasSize(2).allSatisfy(text -> assertThat(text)
                .matches("m[12]: warning: .*every frontend takes the proxy plane; install .*"));
    }

    @Test
    void clocksThatDifferByMoreThanASecondAreWarnedOf() {
        Map<String, Facts> facts = new LinkedHashMap<>();
        texts.forEach((name, text) -> facts.put(name, Facts.parse(text, name.equals("m2") ? -2500 : 900, 1)));

        assertThat(findings(facts)).containsExactly(
                "m2: warning: its clock differs from the one here by -2.5 s; is NTP running?");
    }

    @Test
    void aReleaseIsKnownByItsNameAndItsBytes(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("baton-agent-1.2-rc.3-linux-x86_64.tar.gz");
        Files.writeString(archive, "bytes");

        Release release = Release.of(archive);

        assertThat(release.version()).isEqualTo("1.2-rc.3");
        assertThat(release.architecture()).isEqualTo("x86_64");
        assertThat(release.id()).isEqualTo("1.2-rc.3-" + release.hash().substring(0, 12));
        assertThatThrownBy(() -> Release.of(folder.resolve("other.zip")))
                .isInstanceOfSatisfying(FleetException.class, e -> assertThat(e.kind().exitCode()).isEqualTo(2));
    }
}
