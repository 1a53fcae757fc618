package io.jenkins.plugins.baton.agent.linux.vrrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VrrpSocketIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    private final NamespaceThread one = new NamespaceThread();
    private final NamespaceThread other = new NamespaceThread();

    @BeforeEach
    void connect() {
        NamespaceThread.connect(one, other);
        addresses();
    }

    private void addresses() {
        one.ip("addr add 10.86.13.30/24 dev eth0");
        one.ip("addr add fe80::30/64 dev eth0 nodad");
        other.ip("addr add 10.86.13.31/24 dev eth0");
        other.ip("addr add fe80::31/64 dev eth0 nodad");
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void advertReachesTheGroupWithSourceDestinationAndHopLimit(boolean ipv6) throws Exception {
        try (VrrpSocket sender = open(one, ipv6);
                VrrpSocket receiver = open(other, ipv6)) {
            sender.send(text("hello"), source(ipv6), group(ipv6));

            Datagram received = await(receiver);

            assertThat(text(received)).isEqualTo("hello");
            assertThat(received.source()).isEqualTo(source(ipv6));
            assertThat(received.destination()).isEqualTo(group(ipv6));
            assertThat(received.hopLimit()).isEqualTo(255);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unicastAdvertReachesThePeer(boolean ipv6) throws Exception {
        try (VrrpSocket sender = open(one, ipv6);
                VrrpSocket receiver = open(other, ipv6)) {
            sender.send(text("hello"), source(ipv6), peer(ipv6));

            Datagram received = await(receiver);

            assertThat(received.destination()).isEqualTo(peer(ipv6));
            assertThat(received.hopLimit()).isEqualTo(255);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void packetsThatAreSentAgainAreWhatTheyWereAlsoInTurns(boolean ipv6) throws Exception {
        try (VrrpSocket sender = open(one, ipv6);
                VrrpSocket receiver = open(other, ipv6)) {
            ByteBuffer first = text("first");
            ByteBuffer second = text("the second");
            for (ByteBuffer packet : List.of(first, first, second, first, second, second)) {
                sender.send(packet, source(ipv6), group(ipv6));
                assertThat(text(await(receiver))).isEqualTo(packet == first ? "first" : "the second");
            }
            sender.send(second, source(ipv6), peer(ipv6));

            assertThat(await(receiver).destination()).isEqualTo(peer(ipv6));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ownAdvertIsNotHeard(boolean ipv6) throws Exception {
        try (VrrpSocket sender = open(one, ipv6);
                VrrpSocket receiver = open(other, ipv6)) {
            sender.send(text("hello"), source(ipv6), group(ipv6));
            await(receiver);

            assertThat(sender.receive()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void longestAdvertArrivesWhole(boolean ipv6) throws Exception {
        try (VrrpSocket sender = open(one, ipv6);
                VrrpSocket receiver = open(other, ipv6)) {
            ByteBuffer longest = ByteBuffer.allocate(ipv6 ? 8 + 255 * 16 : 8 + 255 * 4 + 8);
            sender.send(longest, source(ipv6), group(ipv6));

            assertThat(await(receiver).payload().remaining()).isEqualTo(longest.capacity());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void socketOutlivesItsInterfaceGoingDownAndUp(boolean ipv6) throws Exception {
        try (VrrpSocket sender = open(one, ipv6);
                VrrpSocket receiver = open(other, ipv6)) {
            other.ip("link set eth0 down");
            one.ip("link set eth0 down");
            assertThatThrownBy(() -> sender.send(text("lost"), source(ipv6), group(ipv6)))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining(" on eth0: ");
            one.ip("link set eth0 up");
            other.ip("link set eth0 up");
            if (ipv6) { // IPv6 addresses do not outlive it
                one.ip("addr replace fe80::30/64 dev eth0 nodad");
                other.ip("addr replace fe80::31/64 dev eth0 nodad");
            }

            assertThat(text(sendUntilReceived(sender, receiver, ipv6))).isEqualTo("again");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void socketOfADeletedInterfaceFailsAndANewOneWorks(boolean ipv6) throws Exception {
        VrrpSocket old = open(one, ipv6);
        one.ip("link del eth0");
        assertThatThrownBy(() -> old.send(text("lost"), source(ipv6), group(ipv6)))
                .isInstanceOf(LinuxException.class);
        assertThat(old.receive()).isEmpty();
        NamespaceThread.connect(one, other);
        addresses();
        assertThatThrownBy(() -> old.send(text("lost"), source(ipv6), group(ipv6)))
                .isInstanceOf(LinuxException.class);
        old.close();

        try (VrrpSocket sender = open(one, ipv6);
                VrrpSocket receiver = open(other, ipv6)) {
            assertThat(text(sendUntilReceived(sender, receiver, ipv6))).isEqualTo("again");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sourceMustBeAnAddressOfThisNode(boolean ipv6) throws Exception {
        try (VrrpSocket sender = open(one, ipv6)) {
            assertThatThrownBy(() -> sender.send(text("forged"), peer(ipv6), group(ipv6)))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageStartingWith("send to ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void socketOnAMissingInterfaceIsRefused(boolean ipv6) {
        Link gone = one.link("eth0");
        one.ip("link del eth0");

        assertThatThrownBy(() -> one.call(() -> VrrpSocket.open(gone, ipv6)))
                .hasMessageStartingWith("open a socket for VRRP over IPv")
                .hasMessageEndingWith(" on eth0: set SO_BINDTODEVICE: ENODEV (no such device)");
    }

    private static VrrpSocket open(NamespaceThread host, boolean ipv6) {
        Link link = host.link("eth0");
        return host.call(() -> VrrpSocket.open(link, ipv6));
    }

    /** The peer's carrier may come a moment after the interface is up. */
    private static Datagram sendUntilReceived(VrrpSocket sender, VrrpSocket receiver, boolean ipv6) throws Exception {
        Poller poller = new Poller();
        poller.add(receiver);
        long deadline = System.nanoTime() + AWAIT_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                sender.send(text("again"), source(ipv6), group(ipv6));
            } catch (LinuxException e) {
                assertThat(e.errno()).isIn(Errno.ENETUNREACH, Errno.ENETDOWN, Errno.EINVAL);
            }
            if (poller.await(Duration.ofMillis(100).toNanos())) {
                return receiver.receive().orElseThrow();
            }
        }
        throw new AssertionError("nothing received within " + AWAIT_TIMEOUT);
    }

    private static Datagram await(VrrpSocket socket) throws LinuxException {
        Poller poller = new Poller();
        poller.add(socket);
        assertThat(poller.await(AWAIT_TIMEOUT.toNanos()))
                .as("a packet within " + AWAIT_TIMEOUT)
                .isTrue();
        assertThat(poller.isReady(socket)).isTrue();
        Optional<Datagram> received = socket.receive();
        return received.orElseThrow();
    }

    private static InetAddress source(boolean ipv6) throws Exception {
        return InetAddress.getByName(ipv6 ? "fe80::30" : "10.86.13.30");
    }

    private static InetAddress peer(boolean ipv6) throws Exception {
        return InetAddress.getByName(ipv6 ? "fe80::31" : "10.86.13.31");
    }

    private static InetAddress group(boolean ipv6) throws Exception {
        return InetAddress.getByName(ipv6 ? "ff02::12" : "224.0.0.18");
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(Datagram datagram) {
        return StandardCharsets.US_ASCII.decode(datagram.payload()).toString();
    }
}
