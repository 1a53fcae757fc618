package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The exact bytes of HAProxy's proxy-protocol.txt, sections 2.1 and 2.2. */
@Timeout(60)
class ProxyHeaderTest {

    @Test
    void version1OverIpv4() throws Exception {
        try (Heard heard = new Heard(1, Optional.empty())) {
            assertThat(heard.bytes()).asString().isEqualTo(heard.line("TCP4"));
        }
    }

    @Test
    void version1OverIpv6() throws Exception {
        try (Heard heard = new Heard(1, Optional.of(ipv6Loopback()))) {
            assertThat(heard.bytes()).asString().isEqualTo(heard.line("TCP6"));
        }
    }

    @Test
    void version2OverIpv4() throws Exception {
        try (Heard heard = new Heard(2, Optional.empty())) {
            assertThat(heard.bytes()).isEqualTo(heard.binary(0x11, 12));
        }
    }

    @Test
    void version2OverIpv6() throws Exception {
        try (Heard heard = new Heard(2, Optional.of(ipv6Loopback()))) {
            assertThat(heard.bytes()).isEqualTo(heard.binary(0x21, 36));
        }
    }

    @Test
    void clientOverIpv4OfAListenerForBothIsOneOverIpv4() throws Exception {
        InetSocketAddress from = new InetSocketAddress(mapped(192, 0, 2, 1), 1000);
        InetSocketAddress to = new InetSocketAddress(mapped(192, 0, 2, 2), 6443);
        assertThat(ProxyHeader.of(1, from, to)).asString().isEqualTo("PROXY TCP4 192.0.2.1 192.0.2.2 1000 6443\r\n");
        assertThat(ProxyHeader.of(2, from, to)).hasSize(28).endsWith(192, 0, 2, 1, 192, 0, 2, 2, 3, 232, 25, 43);
    }

    /** As the kernel shows an IPv4 client to an IPv6 socket. */
    private static InetAddress mapped(int... octets) throws Exception {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        for (int i = 0; i < octets.length; i++) {
            bytes[12 + i] = (byte) octets[i];
        }
        return Inet6Address.getByAddress(null, bytes, -1);
    }

    private static Endpoint ipv6Loopback() throws Exception {
        Inet6Address address = (Inet6Address) InetAddress.getByName("::1");
        try (ServerSocket free = new ServerSocket(0, 1, address)) {
            return new Endpoint(address, free.getLocalPort());
        }
    }

    /** A client that says nothing, through a proxy to a server that sends back what it hears. */
    private static final class Heard implements AutoCloseable {
        private final TestServer server = TestServer.echo();
        private final ProxyBench bench = new ProxyBench();
        private final Socket client;

        Heard(int version, Optional<Endpoint> bind) throws Exception {
            bind.ifPresent(endpoint -> bench.bind = endpoint);
            bench.proxyProtocol = Optional.of(version);
            bench.backend("b", server.address()).apply();
            client = bench.connect();
        }

        byte[] bytes() throws Exception {
            client.shutdownOutput();
            return client.getInputStream().readAllBytes();
        }

        String line(String family) {
            return "PROXY " + family
                    + " " + client.getLocalAddress().getHostAddress()
                    + " " + client.getInetAddress().getHostAddress()
                    + " " + client.getLocalPort()
                    + " " + client.getPort() + "\r\n";
        }

        byte[] binary(int familyAndProtocol, int length) throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeBytes("\r\n\r\n\0\r\nQUIT\n");
            out.writeByte(0x21); // version 2, PROXY
            out.writeByte(familyAndProtocol);
            out.writeShort(length);
            out.write(client.getLocalAddress().getAddress());
            out.write(client.getInetAddress().getAddress());
            out.writeShort(client.getLocalPort());
            out.writeShort(client.getPort());
            return bytes.toByteArray();
        }

        @Override
        public void close() throws IOException {
            client.close();
            bench.close();
            server.close();
        }
    }
}
