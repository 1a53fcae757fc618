package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);

    @TempDir
    Path folder;

    private Path path;
    private ClusterFile file;

    @BeforeEach
    void write() throws Exception {
        path = folder.resolve("c.yaml");
        Files.writeString(path, """
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 100}
                  - {name: m2, address: 192.0.2.2, priority: 90, interface: ens3}
                virtualRouters:
                  - name: vip
                    virtualRouterId: 51
                    interface: eth0
                    addresses: [192.0.2.9/32]
                frontends:
                  - name: api
                    bind: "192.0.2.9:443"
                    backends: {port: 6443}
                """);
        file = ClusterFile.read(path);
    }

    @Test
    void aMachineThatHasEverythingIsFine() {
        assertThat(problems("m1", Set.of("lo", "eth0"), ALL)).isEmpty();
    }

    @Test
    void aMissingInterfaceIsWaitedForAtTheStart() {
        assertThat(problems("m1", Set.of("lo", "eth1"), ALL)).isEmpty();
    }

    @Test
    void aMissingInterfaceThatAReloadBringsIsToldAtItsKey() throws Exception {
        assertThat(missing("m1", "eth0", "ens9"))
                .containsExactly(path + ":7:5: there is no network interface 'eth0' on this node; it has ens9, lo");
    }

    @Test
    void aMissingInterfaceOfANodesOwnIsToldAtTheNode() throws Exception {
        assertThat(missing("m2", "ens3", "eth0"))
                .singleElement()
                .asString()
                .startsWith(path + ":3:")
                .contains("'ens3'");
    }

    @Test
    void aMissingInterfaceThatIsInUseMayComeBack() throws Exception {
        Node self = file.cluster().node("m1").orElseThrow();
        Host host = new Host(Set.of(), Set.of("lo"), ALL);
        assertThat(Preflight.newMissingInterfaces(file, self, host, file)).isEmpty();
    }

    /** What is said of this file on a host that has only {@code there}, when the one before had another name for the interface. */
    private List<String> missing(String node, String name, String there) throws Exception {
        Path old = folder.resolve("old.yaml");
        Files.writeString(old, Files.readString(path).replace(name, "other0"));
        Node self = file.cluster().node(node).orElseThrow();
        Host host = new Host(Set.of(), Set.of("lo", there), ALL);
        return Preflight.newMissingInterfaces(file, self, host, ClusterFile.read(old));
    }

    @Test
    void missingPrivilegesAreNamedInOneSentence() {
        assertThat(problems("m1", Set.of("eth0"), Set.of()))
                .singleElement()
                .asString()
                .contains("CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW")
                .contains("systemd unit");
    }

    @Test
    void whatMakesTheAgentPunctualIsNotRequired() {
        Set<Capability> enough = EnumSet.of(Capability.NET_ADMIN, Capability.NET_RAW, Capability.NET_BIND_SERVICE);
        assertThat(problems("m1", Set.of("eth0"), enough)).isEmpty();
    }

    @Test
    void anAgentFindsItselfByItsAddress() throws Exception {
        assertThat(find(Optional.empty(), "192.0.2.2", "10.0.0.1"))
                .get()
                .extracting(Node::name)
                .isEqualTo("m2");
    }

    @Test
    void theNamedNodeWinsOverTheAddress() throws Exception {
        assertThat(find(Optional.of("m1"), "192.0.2.2"))
                .get()
                .extracting(Node::name)
                .isEqualTo("m1");
    }

    @Test
    void aMachineWithoutAnAddressOfANodeWaitsForOne() throws Exception {
        assertThat(find(Optional.empty(), "10.0.0.1")).isEmpty();
        Host host = new Host(Set.of(InetAddress.getByName("10.0.0.1")), Set.of("eth0"), ALL);
        assertThat(StartCondition.of(file, Optional.empty(), host))
                .hasValueSatisfying(what -> assertThat(what)
                        .contains("this machine has 10.0.0.1", "m1 192.0.2.1, m2 192.0.2.2", "--node NAME"));
        assertThat(StartCondition.of(file, file.cluster().node("m1"), host)).isEmpty();
    }

    @Test
    void whatThePlaneOfTheKernelIsJudgedByIsWaitedFor() throws Exception {
        Path kernel = folder.resolve("kernel.yaml");
        Files.writeString(kernel, Files.readString(path) + "    plane: kernel\n");
        ClusterFile strict = ClusterFile.read(kernel);
        Optional<Node> m1 = strict.cluster().node("m1");
        Set<InetAddress> own = Set.of(InetAddress.getByName("192.0.2.1"));

        assertThat(StartCondition.of(strict, m1, new Host(own, Set.of("lo"), ALL)))
                .hasValueSatisfying(what -> assertThat(what).startsWith("there is no interface eth0"));
        assertThat(StartCondition.of(strict, m1, new Host(Set.of(), Set.of("eth0"), ALL)))
                .hasValueSatisfying(what -> assertThat(what).startsWith("no interface has 192.0.2.1"));
        assertThat(StartCondition.of(strict, m1, new Host(own, Set.of("eth0"), ALL)))
                .isEmpty();
    }

    @Test
    void severalOrUnknownNodesAreErrorsThatNameTheRemedy() {
        assertThatThrownBy(() -> find(Optional.empty(), "192.0.2.1", "192.0.2.2"))
                .hasMessageContaining("several nodes, m1, m2;");
        assertThatThrownBy(() -> find(Optional.of("m9"), "192.0.2.1"))
                .hasMessageContaining("no node 'm9' here; --node takes one of m1, m2");
    }

    private List<String> problems(String node, Set<String> interfaces, Set<Capability> capabilities) {
        Node self = file.cluster().node(node).orElseThrow();
        return Preflight.problems(file, self, new Host(Set.of(), interfaces, capabilities));
    }

    private Optional<Node> find(Optional<String> name, String... addresses) throws Exception {
        Set<InetAddress> own = new HashSet<>();
        for (String address : addresses) {
            own.add(InetAddress.getByName(address));
        }
        return SelfNode.find(file, name, own);
    }
}
