package io.jenkins.plugins.baton.fleet.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ObstaclesTest {
    private final List<Probe> probes = Probes.of(Example.cluster().cluster(), Set.of());
    private final Map<String, List<String>> reports = new LinkedHashMap<>();

    ObstaclesTest() {
        Example.NODES.forEach(node -> reports.put(node, new ArrayList<>()));
        for (Probe probe : probes) {
            reports.get(probe.from()).add("seen " + probe.key());
            probe.to().forEach(to -> {
                reports.get(to).add("seen " + probe.key());
                reports.get(to).add("passed " + probe.key());
            });
        }
    }

    private List<String> obstacles() {
        Map<String, Observation> observations = new LinkedHashMap<>();
        reports.forEach((node, lines) -> observations.put(node, Observation.parse(lines)));
        return Obstacles.of(probes, observations, Map.of()).stream()
                .map(obstacle -> obstacle.node() + ": " + obstacle.text())
                .toList();
    }

    private void drop(String node, Predicate<String> lines) {
        assertThat(reports.get(node).removeIf(lines)).isTrue();
    }

    @Test
    void advertsOrdersPeerLinkAndFrontendAreTriedBetweenAllNodes() {
        assertThat(probes)
                .extracting(Probe::key)
                .contains(
                        "vrrp 10.0.0.1 0 224.0.0.18 0",
                        "vrrp 10.0.0.1 0 10.0.0.3 0",
                        "tcp 10.0.0.2 9011 10.0.0.3 9011",
                        "tcp 10.0.0.3 61234 10.0.0.1 8443");
        assertThat(obstacles()).isEmpty();
    }

    @Test
    void betweenNodesWhoseAgentsRunThePeerLinkShowsItself() {
        assertThat(Probes.of(Example.cluster().cluster(), Set.of("m1", "m2")))
                .filteredOn(probe -> probe.kind() == Probe.Kind.PEER_LINK)
                .extracting(Probe::key)
                .contains("tcp 10.0.0.1 9011 10.0.0.3 9011")
                .doesNotContain("tcp 10.0.0.1 9011 10.0.0.2 9011", "tcp 10.0.0.2 9011 10.0.0.1 9011");
    }

    @Test
    void whatCameAndDidNotPassWasDroppedByTheReceiversInput() {
        drop("m2", line -> line.startsWith("passed vrrp") && line.contains("224.0.0.18"));

        assertThat(obstacles())
                .singleElement()
                .asString()
                .startsWith("m2: its firewall drops what comes in by eth0: VRRP "
                        + "(IP protocol 112) to 224.0.0.18 from m1, m3. ");
    }

    @Test
    void whatTheSenderMayNotSendIsDroppedByItsOutput() {
        String link = "tcp 10.0.0.1 9011 10.0.0.2 9011";
        drop("m1", line -> line.equals("seen " + link));
        drop("m2", line -> line.endsWith(link));
        reports.get("m1").add("refused " + link + " send to 10.0.0.2 on eth0: EPERM (operation not permitted)");

        assertThat(obstacles())
                .singleElement()
                .asString()
                .startsWith(
                        "m1: its firewall drops what goes out by eth0: TCP port 9011 (the agents' peer link) for m2. ");
    }

    @Test
    void whatLeftAndDidNotComeWasStoppedBetweenThem() {
        drop("m3", line -> line.contains("224.0.0.18") && line.contains("10.0.0.1 "));

        assertThat(obstacles())
                .singleElement()
                .asString()
                .startsWith(": VRRP (IP protocol 112) to 224.0.0.18 leaves m1 by " + "eth0 and does not come to m3")
                .contains("unicast: true");
    }

    @Test
    void whatNeverLeftHasNoNeighbour() {
        String frontend = "tcp 10.0.0.1 61234 10.0.0.2 8443";
        drop("m1", line -> line.endsWith(frontend));
        drop("m2", line -> line.endsWith(frontend));

        assertThat(obstacles()).singleElement().asString().contains("does not leave it for m2", "ARP");
    }
}
