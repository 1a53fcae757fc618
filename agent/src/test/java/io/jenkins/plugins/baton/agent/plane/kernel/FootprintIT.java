package io.jenkins.plugins.baton.agent.plane.kernel;

import static io.jenkins.plugins.baton.agent.plane.kernel.Views.SeatState.SERVING;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.Nftables;
import io.jenkins.plugins.baton.agent.linux.Rtnetlink;
import io.jenkins.plugins.baton.agent.linux.Sysctl;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FootprintIT {
    private final NamespaceThread host = new NamespaceThread();
    private final NamespaceThread peer = new NamespaceThread();
    private final Nftables nftables = host.call(Nftables::open);
    private final Rtnetlink rtnetlink = host.call(Rtnetlink::open);
    private final Footprint footprint = new Footprint(nftables, rtnetlink);

    @BeforeEach
    void connect() {
        NamespaceThread.connect(host, "eth0", peer);
        host.run(() -> arpIgnore().write("2"));
    }

    @AfterEach
    void close() {
        host.run(nftables::close);
        rtnetlink.close();
        host.close();
        peer.close();
    }

    @Test
    void vipsAreOnTheLoopbackAndArpKeepsThemToItself() {
        install("10.86.13.36", "fd00:86:13::36");

        assertThat(host.ip("addr show dev lo")).contains("inet 10.86.13.36/32", "inet6 fd00:86:13::36/128");
        assertThat(host.call(arpIgnore()::read)).isEqualTo("1");
    }

    @Test
    void removalLeavesTheHostAsItWas() {
        List<String> before = traces();
        install("10.86.13.36", "fd00:86:13::36");
        assertThat(traces()).isNotEqualTo(before);

        host.run(footprint::remove);

        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void laterAgentKnowsWhatTheHostWasLikeBeforeTheFirst() {
        List<String> before = traces();
        install("10.86.13.36");
        install("10.86.13.36");

        host.run(footprint::remove);

        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void vipThatIsGoneFromTheFileLeavesTheLoopback() {
        install("10.86.13.36", "10.86.13.37");
        install("10.86.13.37");

        assertThat(host.ip("addr show dev lo")).contains("10.86.13.37/32").doesNotContain("10.86.13.36");
    }

    @Test
    void removalWhereNothingIsInstalledChangesNothing() {
        List<String> before = traces();

        host.run(footprint::remove);

        assertThat(traces()).isEqualTo(before);
    }

    private void install(String... vips) {
        KernelFrontend[] frontends = List.of(vips).stream()
                .map(vip -> Views.frontend(vip, 8443, SERVING, SERVING))
                .toArray(KernelFrontend[]::new);
        host.run(() -> footprint.install(Views.of(frontends)));
    }

    private List<String> traces() {
        return List.of(
                host.ip("addr show dev lo"),
                host.call(() -> nftables.run("list ruleset")),
                host.call(arpIgnore()::read),
                host.call(Sysctl.of("net", "ipv4", "conf", "eth0", "arp_announce")::read));
    }

    private static Sysctl arpIgnore() {
        return Sysctl.of("net", "ipv4", "conf", "eth0", "arp_ignore");
    }
}
