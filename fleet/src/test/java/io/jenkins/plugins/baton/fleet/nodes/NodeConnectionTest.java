package io.jenkins.plugins.baton.fleet.nodes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.Identity;
import io.jenkins.plugins.baton.fleet.ssh.Secret;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.ssh.Trust;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConnectionTest {
    @TempDir
    Path folder;

    /** The host in the message is the one that is looked for in known_hosts, where ssh writes it short. */
    @Test
    void nodeWithAnIpv6AddressIsAHostByTheNameThatSshHasForIt() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Node node = Example.cluster("nodes: [{name: m1, address: \"::1\"}]\n")
                .cluster()
                .nodes()
                .get(0);
        Access access = new Access(
                "root",
                port,
                List.of(new Identity.Password(new Secret("any"))),
                new Trust(folder.resolve("known_hosts"), List.of(), false),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10));

        try (NodeConnection connection = new NodeConnection(node, access)) {
            assertThatThrownBy(() -> connection.run(Command.asUser("true")))
                    .isInstanceOf(SshException.class)
                    .hasMessageContaining("[::1]:" + port);
        }
    }
}
