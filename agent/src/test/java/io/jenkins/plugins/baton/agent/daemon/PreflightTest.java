package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.Capability;
import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.cluster.Node;
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
        assertThat(findings("m1", Set.of("lo", "eth0"), ALL)).isEmpty();
    }

    @Test
    void aMissingInterfaceIsToldAtItsKey() {
        assertThat(findings("m1", Set.of("lo", "eth1"), ALL))
                .containsExactly(
                        path + ":7:5: there is no network interface 'eth0' on this node; it has eth1, lo");
    }

    @Test
    void aMissingInterfaceOfANodesOwnIsToldAtTheNode() {
        assertThat(findings("m2", Set.of("lo", "eth0"), ALL))
                .singleElement()
                .asString()
                .startsWith(path + ":3:")
                .contains("'ens3'");
    }

    @Test
    void missingPrivilegesAreNamedInOneSentence() {
        assertThat(findings("m1", Set.of("eth0"), Set.of()))
                .singleElement()
                .asString()
                .contains("CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW")
                .contains("systemd unit");
    }

    @Test
    void whatMakesTheAgentPunctualIsNotRequired() {
        Set<Capability> enough =
                EnumSet.of(Capability.NET_ADMIN, Capability.NET_RAW, Capability.NET_BIND_SERVICE);
        assertThat(findings("m1", Set.of("eth0"), enough)).isEmpty();
    }

    @Test
    void anAgentFindsItselfByItsAddress() throws Exception {
        assertThat(find(Optional.empty(), "192.0.2.2", "10.0.0.1").name()).isEqualTo("m2");
    }

    @Test
    void theNamedNodeWinsOverTheAddress() throws Exception {
        assertThat(find(Optional.of("m1"), "192.0.2.2").name()).isEqualTo("m1");
    }

    @Test
    void noneSeveralOrUnknownNodesAreErrorsThatNameTheRemedy() {
        assertThatThrownBy(() -> find(Optional.empty(), "10.0.0.1"))
                .hasMessageContaining(path + ":1:1: none of these nodes has an address of this machine (10.0.0.1)")
                .hasMessageContaining("--node NAME");
        assertThatThrownBy(() -> find(Optional.empty(), "192.0.2.1", "192.0.2.2"))
                .hasMessageContaining("several nodes, m1, m2;");
        assertThatThrownBy(() -> find(Optional.of("m9"), "192.0.2.1"))
                .hasMessageContaining("no node 'm9' here; --node takes one of m1, m2");
    }

    private List<String> findings(String node, Set<String> interfaces, Set<Capability> capabilities) {
        Node self = file.cluster().node(node).orElseThrow();
        return Preflight.findings(file, self, new Host(Set.of(), interfaces, capabilities));
    }

    private Node find(Optional<String> name, String... addresses) throws Exception {
        Set<InetAddress> own = new HashSet<>();
        for (String address : addresses) {
            own.add(InetAddress.getByName(address));
        }
        return SelfNode.find(file, name, own);
    }
}
