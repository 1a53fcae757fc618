package io.jenkins.plugins.baton.fleet.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class OwnUserTest {
    private final OwnUser admission = new OwnUser();

    @Test
    void ownConnectionIsAdmittedWhileItIsOpen() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
            Socket accepted = server.accept();
            InetSocketAddress theirs = (InetSocketAddress) accepted.getRemoteSocketAddress();
            InetSocketAddress ours = (InetSocketAddress) accepted.getLocalSocketAddress();
            assertThat(admission.admit(theirs, ours)).hasValue(System.getProperty("user.name"));

            client.close();
            assertThat(admission.admit(theirs, ours))
                    .as("the kernel names root as the user of a socket that was closed, whoever had it")
                    .isEmpty();
            accepted.close();
        }
    }
}
