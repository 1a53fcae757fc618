package io.jenkins.plugins.baton.agent.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.lab.Await;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the kernel, with iproute2 as the witness. */
class RtnetlinkIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    private final NamespaceThread host = new NamespaceThread();
    private final NamespaceThread peer = new NamespaceThread();
    private Rtnetlink rtnetlink;
    private Link eth0;

    @BeforeEach
    void connect() {
        NamespaceThread.connect(host, peer);
        host.ip("addr add 10.86.13.30/24 dev eth0");
        rtnetlink = host.call(Rtnetlink::open);
        eth0 = host.link("eth0");
    }

    @AfterEach
    void close() {
        rtnetlink.close();
        host.close();
        peer.close();
    }

    @Test
    void linkIsShownAsItIs() throws Exception {
        host.ip("link set eth0 mtu 1400 address 02:00:5e:00:01:33");

        Link link = rtnetlink.link("eth0").orElseThrow();

        assertThat(link.name()).isEqualTo("eth0");
        assertThat(link.mac()).hasToString("02:00:5e:00:01:33");
        assertThat(link.mtu()).isEqualTo(1400);
        assertThat(link.operState()).isEqualTo(Link.OperState.UP);
        assertThat(link.isUp()).isTrue();
        assertThat(link.isRunning()).isTrue();
        assertThat(link.isEthernet()).isTrue();
    }

    @Test
    void linkWithoutCarrierIsUpButDoesNotRun() throws Exception {
        peer.ip("link set eth0 down");

        Await.until("eth0 does not run", AWAIT_TIMEOUT, () -> !host.link("eth0").isRunning());
        assertThat(host.link("eth0").isUp()).isTrue();
    }

    @Test
    void linkThatDoesNotExistIsEmpty() throws Exception {
        assertThat(rtnetlink.link("eth9")).isEmpty();
        assertThat(rtnetlink.link("a-name-longer-than-any-interface-has")).isEmpty();
    }

    @Test
    void allLinksAreListed() throws Exception {
        host.ip("link add br0 type bridge");
        host.ip("link set eth0 master br0");

        List<Link> links = rtnetlink.links();

        assertThat(links).extracting(Link::name).containsExactlyInAnyOrder("lo", "eth0", "br0");
        assertThat(links).filteredOn(Link::isLoopback).extracting(Link::name).containsExactly("lo");
    }

    @Test
    void moreAddressesThanFitIntoOneBatchAreListed() throws Exception {
        host.ip("link set eth0 mtu 9000");
        for (int i = 0; i < 1500; i++) {
            rtnetlink.addAddress(eth0, cidr("10.1." + i / 250 + "." + i % 250 + "/32"), Lifetime.FOREVER);
        }

        assertThat(rtnetlink.addresses())
                .filteredOn(a -> a.address().prefixLength() == 32)
                .hasSize(1500);
    }

    @Test
    void leasedAddressIsGlobalAndHasNoRouteOfItsOwn() throws Exception {
        rtnetlink.addAddress(eth0, cidr("10.87.0.36/24"), Lifetime.lease(cidr("10.87.0.36/24"), 60));

        assertThat(host.ip("-d addr show dev eth0"))
                .containsPattern("inet 10.87.0.36/24 scope global dynamic noprefixroute eth0\\s+valid_lft \\d+sec");
        assertThat(host.ip("route show dev eth0")).doesNotContain("10.87.0.0/24");
    }

    @Test
    void leasedIpv6AddressIsUsableAtOnceAndNeverASource() throws Exception {
        Cidr vip = cidr("fd00:86::36/128");
        rtnetlink.addAddress(eth0, vip, Lifetime.lease(vip, 60));

        assertThat(host.ip("-d addr show dev eth0"))
                .containsPattern("inet6 fd00:86::36/128 scope global (?=.*nodad)(?=.*deprecated)(?=.*noprefixroute)");
        assertThat(rtnetlink.addresses())
                .filteredOn(a -> a.address().equals(vip))
                .singleElement()
                .satisfies(a -> assertThat(a.isTentative()).isFalse())
                .satisfies(a -> assertThat(a.linkIndex()).isEqualTo(eth0.index()));
    }

    @Test
    void renewedLeaseLivesOnAndAForgottenOneEnds() throws Exception {
        Cidr renewed = cidr("10.86.13.36/32");
        Cidr forgotten = cidr("10.86.13.37/32");
        rtnetlink.addAddress(eth0, renewed, Lifetime.lease(renewed, 1));
        rtnetlink.addAddress(eth0, forgotten, Lifetime.lease(forgotten, 1));
        rtnetlink.replaceAddress(eth0, renewed, Lifetime.lease(renewed, 600));

        Await.until("the kernel removed the forgotten one", AWAIT_TIMEOUT, () -> !has(forgotten));

        assertThat(has(renewed)).isTrue();
    }

    @Test
    void addressIsReplacedWhetherItIsThereOrNot() throws Exception {
        Cidr vip = cidr("10.86.13.36/32");
        rtnetlink.replaceAddress(eth0, vip, Lifetime.lease(vip, 60));
        rtnetlink.replaceAddress(eth0, vip, Lifetime.FOREVER);

        assertThat(rtnetlink.addresses())
                .filteredOn(a -> a.address().equals(vip))
                .extracting(AssignedAddress::lifetime)
                .containsExactly(Lifetime.FOREVER);
    }

    @Test
    void addressThatIsThereAlreadyIsAnErrorOfItsOwn() throws Exception {
        rtnetlink.addAddress(eth0, cidr("10.86.13.36/32"), Lifetime.FOREVER);

        assertThatThrownBy(() -> rtnetlink.addAddress(eth0, cidr("10.86.13.36/32"), Lifetime.FOREVER))
                .hasMessageStartingWith("add address 10.86.13.36/32 to eth0: EEXIST (exists already)")
                .asInstanceOf(type(LinuxException.class))
                .extracting(LinuxException::errno)
                .isEqualTo(Errno.EEXIST);
    }

    @Test
    void addressCannotBeGivenToALinkThatIsGone() throws Exception {
        host.ip("link del eth0");

        assertThatThrownBy(() -> rtnetlink.addAddress(eth0, cidr("10.86.13.36/32"), Lifetime.FOREVER))
                .hasMessageStartingWith("add address 10.86.13.36/32 to eth0: ENODEV");
        assertThat(rtnetlink.removeAddress(eth0, cidr("10.86.13.36/32"))).isFalse();
    }

    @Test
    void kernelsOwnWordsReachTheMessage() throws Exception {
        host.run(() -> Sysctl.of("net", "ipv6", "conf", "eth0", "disable_ipv6").write("1"));

        assertThatThrownBy(() -> rtnetlink.addAddress(eth0, cidr("fd00::36/128"), Lifetime.FOREVER))
                .hasMessageStartingWith("add address fd00::36/128 to eth0: EACCES (permission denied): ")
                .hasMessageEndingWith("IPv6 is disabled on this device");
    }

    @Test
    void addressIsRemovedOnce() throws Exception {
        for (String vip : List.of("10.86.13.36/32", "fd00:86::36/128")) {
            rtnetlink.addAddress(eth0, cidr(vip), Lifetime.FOREVER);

            assertThat(rtnetlink.removeAddress(eth0, cidr(vip))).isTrue();
            assertThat(rtnetlink.removeAddress(eth0, cidr(vip))).isFalse();
            assertThat(has(cidr(vip))).isFalse();
        }
    }

    @Test
    void everyNamespaceHasItsOwnAddresses() throws Exception {
        try (Rtnetlink other = peer.call(Rtnetlink::open)) {
            rtnetlink.addAddress(eth0, cidr("10.86.13.36/32"), Lifetime.FOREVER);

            assertThat(other.addresses()).extracting(AssignedAddress::address).doesNotContain(cidr("10.86.13.36/32"));
        }
    }

    private boolean has(Cidr address) {
        try {
            return rtnetlink.addresses().stream().anyMatch(a -> a.address().equals(address));
        } catch (LinuxException e) {
            throw new AssertionError(e);
        }
    }

    private static Cidr cidr(String text) throws Exception {
        String[] parts = text.split("/");
        return new Cidr(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
    }
}
