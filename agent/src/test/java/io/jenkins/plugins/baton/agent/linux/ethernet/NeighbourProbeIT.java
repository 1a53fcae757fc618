package io.jenkins.plugins.baton.agent.linux.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions to the kernel of another network namespace. */
class NeighbourProbeIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    private final NamespaceThread here = new NamespaceThread();
    private final NamespaceThread there = new NamespaceThread();

    @BeforeEach
    void cable() {
        NamespaceThread.connect(here, there);
        number(here, 30);
        number(there, 31);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static void number(NamespaceThread host, int number) {
        host.ip("addr add 10.86.13." + number + "/24 dev eth0");
        host.ip("addr add fd00:86:13::" + number + "/64 dev eth0 nodad");
    }

    @Test
    void hostAnswersForItsIpv4AddressAlsoWhenItIsAskedDirectly() throws Exception {
        assertAnswers("10.86.13.30", "10.86.13.31");
    }

    @Test
    void hostAnswersForItsIpv6AddressAlsoWhenItIsAskedDirectly() throws Exception {
        assertAnswers("fd00:86:13::30", "fd00:86:13::31");
    }

    @Test
    void nobodyAnswersForAnAddressThatNobodyHas() throws Exception {
        InetAddress own = InetAddress.getByName("10.86.13.30");
        InetAddress nobody = InetAddress.getByName("10.86.13.99");
        InetAddress host = InetAddress.getByName("10.86.13.31");
        Link link = here.link("eth0");
        here.run(() -> {
            try (NeighbourProbe probe = NeighbourProbe.open(link, false)) {
                probe.ask(own, nobody, MacAddress.BROADCAST);
                probe.ask(own, host, MacAddress.BROADCAST);
                assertThat(answer(probe))
                        .hasValueSatisfying(a -> assertThat(a.address()).isEqualTo(host));
                assertThat(probe.receive()).isEmpty();
            }
        });
    }

    @Test
    void whatIsNoAnswerDoesNotWakeTheReader() {
        Link link = here.link("eth0");
        here.run(() -> {
            try (NeighbourProbe probe = NeighbourProbe.open(link, false);
                    PacketSocket everything = PacketSocket.receiving(link, ArpFrame.ETHERTYPE_ARP)) {
                Link theirs = there.link("eth0");
                there.run(() -> AddressProbe.users(
                        List.of(InetAddress.getByName("10.86.13.99")), theirs, Duration.ofMillis(3)));
                Poller requests = new Poller();
                requests.add(everything);
                assertThat(requests.await(AWAIT_TIMEOUT.toNanos())).isTrue();
                Poller answers = new Poller();
                answers.add(probe);
                assertThat(answers.await(0)).isFalse();
            }
        });
    }

    private void assertAnswers(String ownText, String hostText) throws Exception {
        InetAddress own = InetAddress.getByName(ownText);
        InetAddress host = InetAddress.getByName(hostText);
        Link link = here.link("eth0");
        here.run(() -> {
            try (NeighbourProbe probe = NeighbourProbe.open(link, ownText.contains(":"))) {
                probe.ask(own, host, MacAddress.BROADCAST);
                Optional<NeighbourProbe.Answer> first = answer(probe);
                assertThat(first)
                        .hasValueSatisfying(a -> assertThat(a.address()).isEqualTo(host));
                probe.ask(own, host, first.orElseThrow().mac());
                assertThat(answer(probe)).isEqualTo(first);
            }
        });
    }

    private static Optional<NeighbourProbe.Answer> answer(NeighbourProbe probe) throws LinuxException {
        Poller poller = new Poller();
        poller.add(probe);
        long deadline = System.nanoTime() + AWAIT_TIMEOUT.toNanos();
        Optional<NeighbourProbe.Answer> answer = Optional.empty();
        while (answer.isEmpty() && poller.await(deadline - System.nanoTime())) {
            answer = probe.receive();
        }
        return answer;
    }
}
