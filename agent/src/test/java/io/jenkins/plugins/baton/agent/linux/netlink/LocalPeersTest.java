package io.jenkins.plugins.baton.agent.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class LocalPeersTest {

    @Test
    void whoIsThereIsKnownAndWhoHasLeftIsNobody() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (LocalPeers peers = LocalPeers.open();
                ServerSocket server = new ServerSocket(0, 1, loopback)) {
            InetSocketAddress ours = new InetSocketAddress(loopback, server.getLocalPort());
            InetSocketAddress theirs;
            try (Socket client = new Socket(loopback, server.getLocalPort());
                    Socket accepted = server.accept()) {
                theirs = (InetSocketAddress) client.getLocalSocketAddress();
                assertThat(peers.at(theirs, ours)).isPresent();
                accepted.setSoLinger(true, 0); // nothing is left of the connection after its reset
                client.setSoLinger(true, 0);
            }
            assertThat(peers.at(theirs, ours)).isEmpty();
        }
    }
}
