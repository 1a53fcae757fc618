package io.jenkins.plugins.baton.agent.linux.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.lab.Await;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Announcements and probes, with the neighbour table of another host as the witness. */
class AnnouncementIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CAPTURE_TIMEOUT = Duration.ofSeconds(3);

    private final NamespaceThread host = new NamespaceThread();
    private final NamespaceThread client = new NamespaceThread();
    private Link link;

    @BeforeEach
    void connect() {
        NamespaceThread.connect(host, client);
        host.ip("addr add 10.86.13.30/24 dev eth0");
        host.ip("addr add fd00:86::30/64 dev eth0 nodad");
        client.ip("addr add 10.86.13.9/24 dev eth0");
        client.ip("addr add fd00:86::9/64 dev eth0 nodad");
        link = host.link("eth0");
    }

    @AfterEach
    void close() {
        host.close();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.86.13.36", "fd00:86::36"})
    void announcementMovesTheAddressInTheCacheOfAClient(String vip) throws Exception {
        client.ip("neigh replace " + vip + " lladdr 02:00:00:00:00:01 dev eth0 nud stale");

        host.run(() -> {
            try (Announcer announcer = Announcer.open()) {
                announcer.announce(link, InetAddress.getByName(vip));
            }
        });

        Await.until(
                "the client learnt the new address",
                AWAIT_TIMEOUT,
                () -> client.ip("neigh show " + vip).contains(link.mac().toString()));
    }

    @Test
    void nobodyIsToldOnALinkOfAnotherKind() throws Exception {
        Link loopback = host.link("lo");

        host.run(() -> {
            try (Announcer announcer = Announcer.open()) {
                announcer.announce(loopback, InetAddress.getByName("10.86.13.36"));
            }
        });

        assertThat(host.ip("-s link show lo")).containsPattern("TX:.*\\s+0 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.86.13.9", "fd00:86::9"})
    void addressOfAnotherHostIsFoundToBeInUse(String address) {
        MacAddress user = client.link("eth0").mac();

        assertThat(host.call(() -> AddressProbe.users(List.of(address(address)), link, CAPTURE_TIMEOUT)))
                .containsValue(user);
    }

    @Test
    void manyAddressesAreLookedForAtOnce() throws Exception {
        client.ip("addr add 10.86.13.10/24 dev eth0");
        Set<InetAddress> used = Set.of(address("10.86.13.9"), address("10.86.13.10"), address("fd00:86::9"));
        List<InetAddress> asked = new ArrayList<>(used);
        asked.add(address("10.86.13.36"));

        assertThat(host.call(() -> AddressProbe.users(asked, link, CAPTURE_TIMEOUT)))
                .containsOnlyKeys(used);
    }

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.86.13.36", "fd00:86::36", "10.86.13.30", "fd00:86::30"})
    void addressThatNobodyElseUsesIsFree(String address) {
        assertThat(host.call(() -> AddressProbe.users(List.of(address(address)), link, Duration.ofMillis(300))))
                .isEmpty();
    }
}
