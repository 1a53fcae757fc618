package io.jenkins.plugins.baton.agent.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.lab.Await;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A VIP that has left eth0, and the connections that are left at it. */
class LingeringVipsIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration AFTER_THE_LEASE = Duration.ofSeconds(LingeringVips.LEASE_SECONDS + 3);
    private static final String VIP = "10.86.13.36";
    private static final String VIP6 = "fd00:86:13::36";

    private final NamespaceThread host = new NamespaceThread();
    private final NamespaceThread peer = new NamespaceThread();
    private final LingeringVips vips = host.call(LingeringVips::open);

    @BeforeEach
    void connect() {
        NamespaceThread.connect(host, "eth0", peer);
        arpIgnore("1");
    }

    @AfterEach
    void close() {
        host.run(vips::close);
        host.close();
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {VIP, VIP6})
    void vipStaysOnTheLoopbackWhileAConnectionIsThereAndNoLonger(String vip) throws Exception {
        keep(vip);
        // An IPv6 address gets its route a moment after it is there.
        String family = vip.equals(VIP) ? "-4" : "-6";
        Await.until(
                "the VIP has its route",
                AWAIT_TIMEOUT,
                () -> host.ip(family + " route show table local").contains(vip));
        try (ServerSocketChannel listener = host.call(() -> listen(vip))) {
            SocketChannel client = host.call(() -> SocketChannel.open(listener.getLocalAddress()));
            SocketChannel server = listener.accept();
            long begin = System.nanoTime();
            Await.until("it is longer than a lease", AWAIT_TIMEOUT, () -> {
                host.run(vips::renew);
                assertThat(loopback()).contains(vip);
                return System.nanoTime() - begin > AFTER_THE_LEASE.toNanos();
            });
            client.close();
            server.close();
        }

        awaitGone(vip);
    }

    @Test
    void listenerAloneDoesNotKeepTheVip() throws Exception {
        keep(VIP);
        try (ServerSocketChannel listener = host.call(() -> listen(VIP))) {
            awaitGone(VIP);
            assertThat(listener.isOpen()).isTrue();
        }
    }

    @Test
    void deadAgentLeavesNoVipBehind() {
        keep(VIP);
        assertThat(loopback()).contains(VIP + "/32");

        Await.until("the lease has run out", AWAIT_TIMEOUT, () -> !loopback().contains(VIP));
    }

    @Test
    void vipThatComesBackStaysReachableWhenItLeavesTheLoopback() throws Exception {
        keep(VIP);
        host.ip("addr add " + VIP + "/32 dev eth0");
        host.run(() -> vips.forget(List.of(cidr(VIP))));
        try (ServerSocketChannel listener = host.call(() -> listen(VIP));
                SocketChannel client = host.call(() -> SocketChannel.open(listener.getLocalAddress()));
                SocketChannel server = listener.accept()) {
            awaitGone(VIP);

            assertThat(host.ip("route show table local")).contains("local " + VIP + " dev eth0");
            assertThat(client.write(ByteBuffer.wrap(new byte[1]))).isOne();
            assertThat(server.read(ByteBuffer.allocate(1))).isOne();
        }
    }

    @Test
    void hostThatWouldAnswerArpForItKeepsNoVip() {
        arpIgnore("0");
        keep(VIP);

        assertThat(loopback()).doesNotContain(VIP);
    }

    private void awaitGone(String vip) {
        Await.until("the VIP is gone", AWAIT_TIMEOUT, () -> {
            host.run(vips::renew);
            return !loopback().contains(vip);
        });
    }

    private void keep(String vip) {
        host.run(() -> vips.keep("eth0", List.of(cidr(vip))));
    }

    private static ServerSocketChannel listen(String vip) throws Exception {
        // Of the address's own family, as the proxy's sockets are.
        InetSocketAddress address = new InetSocketAddress(cidr(vip).address(), 0);
        return ServerSocketChannel.open(vip.equals(VIP) ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)
                .bind(address);
    }

    private static Cidr cidr(String vip) {
        return Cidr.alone(IpLiteral.parse(vip).orElseThrow());
    }

    private String loopback() {
        return host.ip("addr show dev lo");
    }

    private void arpIgnore(String value) {
        host.run(() -> Sysctl.of("net", "ipv4", "conf", "eth0", "arp_ignore").write(value));
    }
}
