package io.jenkins.plugins.baton.agent.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.lab.Await;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkEventsIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    private final NamespaceThread host = new NamespaceThread();
    private final NamespaceThread peer = new NamespaceThread();
    private final List<NetworkEvent> heard = new ArrayList<>();
    private NetworkEvents events;
    private int eth0;

    @BeforeEach
    void listen() throws Exception {
        NamespaceThread.connect(host, peer);
        eth0 = host.link("eth0").index();
        events = host.call(NetworkEvents::open);
    }

    @AfterEach
    void close() {
        events.close();
        host.close();
        peer.close();
    }

    @Test
    void nothingIsHeardWhereNothingHappens() throws Exception {
        try (NamespaceThread quiet = new NamespaceThread();
                NetworkEvents none = quiet.call(NetworkEvents::open)) {
            none.drain(heard::add);
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void lossOfTheCarrierIsHeard() throws Exception {
        peer.ip("link set eth0 down");

        awaitEvent(
                "carrier lost",
                event -> event instanceof NetworkEvent.LinkChanged changed
                        && changed.link().index() == eth0
                        && changed.link().isUp()
                        && !changed.link().isRunning());
    }

    @Test
    void linkThatIsDeletedAndMadeAnewHasAnotherIndex() throws Exception {
        host.ip("link del eth0");
        awaitEvent(
                "removed",
                event -> event instanceof NetworkEvent.LinkRemoved removed
                        && removed.link().index() == eth0);

        NamespaceThread.connect(host, peer);
        awaitEvent(
                "made anew",
                event -> event instanceof NetworkEvent.LinkChanged changed
                        && changed.link().name().equals("eth0")
                        && changed.link().index() != eth0);
    }

    @Test
    void linkThatLeavesABridgeIsNotRemoved() throws Exception {
        host.ip("link add br0 type bridge");
        host.ip("link set eth0 master br0");
        host.ip("link set eth0 nomaster");
        host.ip("link add marker type bridge");
        awaitEvent(
                "the marker",
                event -> event instanceof NetworkEvent.LinkChanged changed
                        && changed.link().name().equals("marker"));

        assertThat(heard).noneMatch(NetworkEvent.LinkRemoved.class::isInstance);
    }

    @Test
    void addressIsHeardToComeAndGo() throws Exception {
        Cidr address = new Cidr(InetAddress.getByName("10.86.13.36"), 32);
        host.ip("addr add 10.86.13.36/32 dev eth0");
        awaitEvent(
                "address added",
                event -> event instanceof NetworkEvent.AddressAdded added
                        && added.address().address().equals(address)
                        && added.address().linkIndex() == eth0);

        host.ip("addr del 10.86.13.36/32 dev eth0");
        awaitEvent(
                "address removed",
                event -> event instanceof NetworkEvent.AddressRemoved removed
                        && removed.address().address().equals(address));
    }

    @Test
    void leaseOfAnAddressIsHeardOnceHoweverOftenItIsRenewed() throws Exception {
        host.ip("addr add 10.86.13.35/24 dev eth0");
        host.run(() -> {
            try (Rtnetlink rtnetlink = Rtnetlink.open()) {
                Link link = rtnetlink.link("eth0").orElseThrow();
                Cidr address = new Cidr(InetAddress.getByName("10.86.13.36"), 32);
                for (int i = 0; i < 4; i++) {
                    rtnetlink.replaceAddress(link, address, Lifetime.lease(address, 60));
                    Await.pause(
                            Duration.ofMillis(50)); // the kernel notes the time of a change in hundredths of a second
                }
            }
        });
        host.ip("addr del 10.86.13.35/24 dev eth0");
        awaitEvent("the marker", NetworkEvent.AddressRemoved.class::isInstance);

        // The link-local address that the kernel gives the interface may be told of late.
        assertThat(heard)
                .filteredOn(event -> event instanceof NetworkEvent.AddressAdded added
                        && !added.address().address().isIpv6())
                .hasSize(2);
    }

    @Test
    void endOfALeaseIsHeard() throws Exception {
        host.ip("addr add fd00::36/128 dev eth0 valid_lft 1 preferred_lft 0 nodad");

        awaitEvent(
                "lease ended",
                event -> event instanceof NetworkEvent.AddressRemoved removed
                        && removed.address().address().isIpv6());
    }

    @Test
    void moreEventsThanTheSocketHoldsAreToldToBeLost() throws Exception {
        host.run(() -> {
            try (Rtnetlink rtnetlink = Rtnetlink.open()) {
                Link link = rtnetlink.link("eth0").orElseThrow();
                Cidr address = new Cidr(InetAddress.getByName("10.86.13.36"), 32);
                for (int i = 0; i < 10_000; i++) {
                    rtnetlink.addAddress(link, address, Lifetime.lease(address, 60));
                    rtnetlink.removeAddress(link, address);
                }
            }
        });

        awaitEvent("events lost", NetworkEvent.EventsLost.class::isInstance);

        host.ip("addr add 10.86.13.37/32 dev eth0");
        awaitEvent(
                "the next event",
                event -> event instanceof NetworkEvent.AddressAdded added
                        && added.address().address().address().getHostAddress().equals("10.86.13.37"));
    }

    private void awaitEvent(String what, Predicate<NetworkEvent> wanted) {
        Await.until(what, AWAIT_TIMEOUT, () -> {
            try {
                events.drain(heard::add);
            } catch (LinuxException e) {
                throw new AssertionError(e);
            }
            return heard.stream().anyMatch(wanted);
        });
    }
}
