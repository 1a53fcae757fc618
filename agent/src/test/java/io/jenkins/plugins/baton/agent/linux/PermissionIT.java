package io.jenkins.plugins.baton.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.jenkins.plugins.baton.agent.linux.ethernet.AddressProbe;
import io.jenkins.plugins.baton.agent.linux.ethernet.Announcer;
import io.jenkins.plugins.baton.agent.linux.host.Privileges;
import io.jenkins.plugins.baton.agent.linux.host.RealTime;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netlink.Lifetime;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.NetworkEvents;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.agent.linux.vrrp.VrrpSocket;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node says to an agent without capabilities; they are a thread's own, so the test gives up its thread's. */
class PermissionIT {
    private static final int VERSION_3 = 0x20080522;

    static {
        Native.register(PermissionIT.class, NativeLibrary.getProcess());
    }

    private final NamespaceThread host = new NamespaceThread();
    private Link lo;

    private static native int capset(int[] header, int[] sets);

    @BeforeEach
    void giveUpAllCapabilities() {
        lo = host.link("lo");
        host.run(() -> assertThat(capset(new int[] {VERSION_3, 0}, new int[6])).isZero());
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void noCapabilityIsEffective() {
        assertThat(host.call(Privileges::effective)).isEmpty();
    }

    static Stream<Arguments> remedies() {
        return Stream.of(
                remedy("open a socket for VRRP over IPv4 on lo", "CAP_NET_RAW", link -> VrrpSocket.open(link, false)),
                remedy("open a socket for VRRP over IPv6 on lo", "CAP_NET_RAW", link -> VrrpSocket.open(link, true)),
                remedy("open a socket for sending frames", "CAP_NET_RAW", link -> Announcer.open()),
                remedy(
                        "open a socket for frames on lo",
                        "CAP_NET_RAW",
                        link -> AddressProbe.users(List.of(vip().address()), link, Duration.ZERO)),
                remedy("add address 10.86.13.36/32 to lo", "CAP_NET_ADMIN", link -> {
                    try (Rtnetlink rtnetlink = Rtnetlink.open()) {
                        rtnetlink.addAddress(link, vip(), Lifetime.FOREVER);
                    }
                }),
                remedy("schedule this thread as SCHED_FIFO 20", "CAP_SYS_NICE", link -> RealTime.scheduleFifo(20)),
                remedy("lock the memory of this process", "CAP_IPC_LOCK", link -> RealTime.lockMemory()));
    }

    @ParameterizedTest(name = "{0} needs {1}")
    @MethodSource("remedies")
    void missingCapabilityIsNamed(String attempted, String capability, Attempt attempt) {
        ThrowingCallable task = () -> host.run(() -> attempt.on(lo));

        assertThatThrownBy(task)
                .isInstanceOf(LinuxException.class)
                .hasMessage(attempted + ": EPERM (operation not permitted): needs " + capability);
    }

    @Test
    void missingCapabilityIsNamedInTheWordsOfLibnftablesToo() {
        assertThatThrownBy(() -> host.run(() -> {
                    try (Nftables nftables = Nftables.open()) {
                        nftables.run("add table ip one");
                    }
                }))
                .hasMessage("change the rules of nftables: Could not process rule: Operation not permitted: "
                        + "needs CAP_NET_ADMIN");
    }

    @Test
    void linksAndAddressesMayBeReadByAnybody() {
        assertThat(host.call(() -> {
                    try (Rtnetlink rtnetlink = Rtnetlink.open();
                            NetworkEvents events = NetworkEvents.open()) {
                        events.drain(event -> {});
                        return rtnetlink.links();
                    }
                }))
                .isNotEmpty();
    }

    interface Attempt {
        void on(Link link) throws Exception;
    }

    private static Arguments remedy(String attempted, String capability, Attempt attempt) {
        return Arguments.of(attempted, capability, attempt);
    }

    private static Cidr vip() throws Exception {
        return new Cidr(InetAddress.getByName("10.86.13.36"), 32);
    }
}
