package io.jenkins.plugins.baton.agent.router.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.router.Site;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An interface that is gone, or another one, by the time its event is read. */
class SegmentsIT {
    private static final int NOBODYS_INDEX = 9999;

    @Test
    void interfaceThatIsGoneWhenItsEventIsReadIsAFaultOfItsSegmentAlone() throws Exception {
        try (NamespaceThread here = new NamespaceThread();
                NamespaceThread there = new NamespaceThread()) {
            NamespaceThread.connect(here, there);
            Link real = here.link("eth0");
            Link gone = new Link(
                    NOBODYS_INDEX, "eth0", real.mac(), real.hardwareType(), real.flags(), real.operState(), real.mtu());
            here.run(() -> {
                try (KernelHandles kernel = KernelHandles.open()) {
                    List<String> warnings = new ArrayList<>();
                    List<Boolean> states = new ArrayList<>();
                    Hosts hosts = new Hosts(kernel.poller(), (node, present) -> {});
                    hosts.watch(Site.cluster(), Site.cluster().nodes().get(0), "eth0", 0);
                    Segments segments = new Segments(kernel, hosts, s -> states.add(s.isRunning()), warnings::add);
                    Segment segment = segments.at(new Segment.Place("eth0", false));
                    segments.linkChanged(gone);

                    assertThat(states).containsExactly(true, false);
                    assertThat(warnings)
                            .satisfiesExactly(
                                    w -> assertThat(w).endsWith("the virtual routers on it are in FAULT"),
                                    w -> assertThat(w).contains("ENODEV").contains("not watched"));
                    segments.turn(Long.MAX_VALUE);
                    assertThat(segment.isRunning()).isTrue();
                    assertThat(hosts.isOn(real.index())).isTrue();
                    assertThat(warnings).hasSize(2);
                    segments.close(s -> true);
                    hosts.linkIsGone();
                }
            });
        }
    }
}
