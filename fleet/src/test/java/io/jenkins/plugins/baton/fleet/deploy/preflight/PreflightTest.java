package io.jenkins.plugins.baton.fleet.deploy.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.fleet.deploy.release.Requirements;
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
            kernel=5.10.0-28-amd64
            libc=glibc 2.31
            systemd=running
            libnftables=yes
            nftables=yes
            nftablesVersion=1.0.6
            language=yes
            directReturn=yes
            boundingCapabilities=000001ffffffffff
            freeKilobytes=9000000
            hardwareAddress=02:00:00:00:00:0%1$d
            linkState=eth0 up
            address=10.0.0.%1$d
            agent=inactive
            """;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private Cluster cluster = Example.cluster().cluster();
    private boolean replaceKeepalived;
    private Requirements requirements = Requirements.parse("architecture=x86_64\nglibc=2.17\nkernel=4.4\njava=25\n");

    PreflightTest() {
        for (int i = 1; i <= 3; i++) {
            texts.put("m" + i, GOOD.formatted(i));
        }
    }

    private List<String> problems() {
        Map<String, Facts> facts = new LinkedHashMap<>();
        texts.forEach((name, text) -> facts.put(name, Facts.parse(text, 0, 1)));
        return problems(facts);
    }

    private List<String> problems(Map<String, Facts> facts) {
        Release release = new Release(Path.of("x"), "1", "x86_64", "0".repeat(64), requirements);
        return new Preflight(cluster, release, replaceKeepalived)
                .problems(facts).stream().map(NodeProblem::toString).toList();
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
        assertThat(problems()).isEmpty();
    }

    @Test
    void everythingIsSaidAtOnce() {
        alter("m1", "x86_64", "aarch64");
        alter("m2", "systemd=running\n", "");
        alter("m2", "freeKilobytes=9000000", "freeKilobytes=1000");
        alter("m3", "000001ffffffffff", "0000000000000000");
        add("m3", "noexec=/opt");
        add("m3", "listener=8443 nginx");

        assertThat(problems()).hasSize(6).allSatisfy(text -> assertThat(text).matches("m[123]: .*[;,].*"));
    }

    @Test
    void aStrangerWithOurAddressOrOurVridIsNamedOnce() {
        add("m1", "answers=10.0.0.9 02:00:00:00:00:77");
        add("m2", "answers=10.0.0.9 02:00:00:00:00:77");
        add("m1", "advertises=10.0.0.50 51");
        add("m3", "advertises=10.0.0.50 51");

        assertThat(problems())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("02:00:00:00:00:77"))
                .anySatisfy(text -> assertThat(text).contains("the VRID 51 is in use by 10.0.0.50"));
    }

    @Test
    void anotherVridOrOurOwnNodesAreNoStrangers() {
        add("m1", "advertises=10.0.0.50 52");
        add("m1", "advertises=10.0.0.2 51");
        add("m1", "answers=10.0.0.9 02:00:00:00:00:02");
        add("m1", "advertises=fe80::50 51"); // a VRID is known per family

        assertThat(problems()).isEmpty();
    }

    /** By unicast its adverts come from fd00::1, by multicast from fe80::1. */
    @Test
    void nodesOfAnIpv6ClusterAreKnownByTheAddressesThatTheKernelsToolsShorten() {
        cluster = Example.cluster("""
                nodes:
                  - {name: m1, address: "fd00::1", priority: 110, linkLocal: "fe80::1"}
                  - {name: m2, address: "fd00::2", priority: 100, linkLocal: "fe80::2"}
                  - {name: m3, address: "fd00::3", priority: 90, linkLocal: "fe80::3"}
                virtualRouters:
                  - {name: vip, virtualRouterId: 51, interface: eth0, addresses: ["fd00::9/128"]}
                """).cluster();
        for (String node : List.of("m1", "m2", "m3")) {
            alter(node, "address=10.0.0.", "address=fd00::");
        }
        add("m2", "advertises=fd00::1 51");
        add("m3", "advertises=fe80::1 51");
        assertThat(problems()).isEmpty();

        add("m3", "advertises=fe80::50 51");
        alter("m2", "address=fd00::2", "address=fd00::7");
        assertThat(problems())
                .containsExactly(
                        "m2: has no address fd00::2; correct `nodes` in the cluster file, or the host's addresses",
                        "the VRID 51 is in use by fe80::50, which is not a node of this file; choose another virtualRouterId");
    }

    @Test
    void aRunningPairForbidsTheDeploymentUnlessItIsToBeReplaced() {
        add("m1", "running=keepalived");
        add("m1", "running=haproxy");
        add("m1", "listener=8443 haproxy");

        assertThat(problems()).hasSize(2).allSatisfy(text -> assertThat(text).contains("--replace-keepalived"));
        replaceKeepalived = true;
        assertThat(problems()).isEmpty();
    }

    @Test
    void aWrongAddressOrInterfaceIsAMistakeInTheFile() {
        alter("m2", "address=10.0.0.2", "address=10.0.0.7");
        alter("m3", "linkState=eth0 up\n", "");

        assertThat(problems())
                .containsExactly(
                        "m2: has no address 10.0.0.2; correct `nodes` in the cluster file, or the host's addresses",
                        "m3: has no interface eth0 for vip; name the right one on the node in the cluster file");
    }

    @Test
    void anInterfaceThatIsDownIsNamed() {
        alter("m1", "linkState=eth0 up", "linkState=eth0 down");

        assertThat(problems()).containsExactly("m1: its interface eth0 is down; bring it up");
    }

    @Test
    void whatKeepsAHostFromTheKernelPlaneIsAWarning() {
        alter("m1", "directReturn=yes\n", "");
        alter(
                "m2",
                "libnftables=yes\nnftables=yes\nnftablesVersion=1.0.6\nlanguage=yes\ndirectReturn=yes\n",
                "nftables=yes\n");
        alter("m3", "nftablesVersion=1.0.6\nlanguage=yes\n", "nftablesVersion=0.9.8\n");

        assertThat(problems())
                .hasSize(3)
                .allSatisfy(text -> assertThat(text)
                        .matches("m[123]: warning: .*every frontend takes the proxy plane; install .*"));
        assertThat(problems().get(0)).contains("its kernel lacks");
        assertThat(problems().get(1)).contains("there is no libnftables");
        assertThat(problems().get(2)).contains("its nftables 0.9.8 does not know the language");
    }

    @Test
    void aHostWithTheLibraryAndWithoutTheProgramHasTheKernelPlane() {
        alter("m1", "\nnftables=yes\nnftablesVersion=1.0.6\nlanguage=yes\ndirectReturn=yes\n", "\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("m1: warning: the program nft cannot be used", "nobody listens")
                .doesNotContain("proxy plane");
    }

    @Test
    void aHostThatIsOlderThanTheReleaseNeedsIsRefusedWithBothVersions() {
        requirements = Requirements.parse("glibc=2.34\nkernel=5.4\n");
        alter("m1", "glibc 2.31", "glibc 2.4");
        alter("m2", "glibc 2.31", "glibc 2.100");
        alter("m3", "glibc 2.31", "glibc 2.34");
        alter("m3", "kernel=5.10.0-28-amd64", "kernel=4.19.0-27-amd64");

        assertThat(problems()).hasSize(2);
        assertThat(problems().get(0))
                .contains("m1: has glibc 2.4, and this release needs 2.34", "make build RUNTIME_JDK=DIR");
        assertThat(problems().get(1)).contains("m3: its kernel is Linux 4.19.0-27-amd64, and this release needs 5.4");
    }

    @Test
    void muslIsRefusedAndAnUnknownLibraryIsNot() {
        alter("m1", "libc=glibc 2.31", "libc=musl");
        alter("m2", "libc=glibc 2.31\n", "");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("m1: its C library is musl", "take a host of Debian");
    }

    @Test
    void clocksThatDifferByMoreThanASecondAreWarnedOf() {
        Map<String, Facts> facts = new LinkedHashMap<>();
        texts.forEach((name, text) -> facts.put(name, Facts.parse(text, name.equals("m2") ? -2500 : 900, 1)));

        assertThat(problems(facts))
                .containsExactly("m2: warning: its clock differs from the one here by -2.5 s; is NTP running?");
    }

    @Test
    void aReleaseIsKnownByItsNameAndItsBytesAndSaysWhatItNeeds(@TempDir Path folder) throws Exception {
        Path archive = archive(folder, "glibc=2.17\nkernel=4.4\n");

        Release release = Release.of(archive);

        assertThat(release.version()).isEqualTo("1.2-rc.3");
        assertThat(release.architecture()).isEqualTo("x86_64");
        assertThat(release.id()).isEqualTo("1.2-rc.3-" + release.hash().substring(0, 12));
        assertThat(release.requirements()).isEqualTo(new Requirements("2.17", "4.4"));
    }

    private static Path archive(Path folder, String requirements) throws Exception {
        Path tree = Files.createDirectories(folder.resolve("baton-agent/bin"));
        Files.write(tree.resolve("first"), new byte[100_001]); // read over, whatever its size
        Files.writeString(folder.resolve("baton-agent/REQUIREMENTS"), requirements);
        Path archive = folder.resolve("baton-agent-1.2-rc.3-linux-x86_64.tar.gz");
        Process tar = new ProcessBuilder(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        folder.toString(),
                        "baton-agent/bin",
                        "baton-agent/REQUIREMENTS")
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        return archive;
    }

    @Test
    void whatIsNoReleaseIsBadInputWithASentence(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("baton-agent-1-linux-x86_64.tar.gz"), "bytes");
        Path cut = folder.resolve("baton-agent-2-linux-x86_64.tar.gz");
        byte[] whole = Files.readAllBytes(archive(folder, "x"));
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));

        for (Path wrong :
                List.of(text, cut, folder.resolve("other.zip"), folder.resolve("baton-agent-3-linux-x86_64.tar.gz"))) {
            assertThatThrownBy(() -> Release.of(wrong))
                    .isInstanceOfSatisfying(
                            FleetException.class,
                            e -> assertThat(e.kind().exitCode()).isEqualTo(2))
                    .hasMessageContaining(wrong.toString());
        }
    }
}
