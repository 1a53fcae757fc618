package io.jenkins.plugins.baton.fleet.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Installed;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.fleet.deploy.release.Requirements;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private static final String OLD = """
            cluster: example
            nodes:
              - {name: m1, address: 10.0.0.1, priority: 110}
              - {name: m2, address: 10.0.0.2, priority: 100}
            virtualRouters:
              - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9/32]}
            frontends:
              - name: api
                bind: "10.0.0.9:8443"
                backends: {port: 6443}
            """;
    private static final Release RELEASE =
            new Release(Path.of("x"), "1", "x86_64", "0".repeat(64), new Requirements("", ""));

    private static List<String> plan(String facts, String old, String now) {
        ClusterFile file = Example.cluster(now);
        Facts found = Facts.parse(facts, 0, 1);
        Change change = Change.needed("m1", found, RELEASE, file, false);
        Map<String, NodeStatus> nodes = new LinkedHashMap<>();
        return new Planning(
                        RELEASE,
                        file.cluster(),
                        now,
                        Map.of("m1", found),
                        Map.of("m1", Installed.parse(old)),
                        new View(nodes, Map.of()))
                .plan(change.isNeeded() ? List.of(change) : List.of(), List.of())
                .lines();
    }

    private static final String RUNNING =
            "currentRelease=" + RELEASE.id() + "\nrelease=" + RELEASE.id() + "\nagent=active\nenabled=enabled\n";

    @Test
    void aChangedAddressAndPortAreSaidToEnd() {
        assertThat(plan(RUNNING, OLD, OLD.replace("10.0.0.9", "10.0.0.8")))
                .contains("plan: m1: its agent reads the changed cluster file:")
                .anyMatch(line -> line.contains("-   - {name: vip,") && line.contains("10.0.0.9"))
                .anyMatch(line -> line.contains("the virtual address 10.0.0.9 ends"))
                .noneMatch(line -> line.contains("10.0.0.9:8443 (api) ends"));
        assertThat(plan(RUNNING, OLD, OLD.replace("9:8443", "9:9443")))
                .anyMatch(line -> line.contains("10.0.0.9:8443 (api) ends"))
                .anyMatch(line -> line.contains("10.0.0.9:9443 (api) is new"));
    }

    @Test
    void aFrontendAtAnAddressThatStaysEndsThoughOneThatBeginsLikeItsEndsToo() {
        String old = OLD.replace("[10.0.0.9/32]", "[10.0.0.9/32, 10.0.0.99/32]") + """
                  - name: web
                    bind: "10.0.0.99:443"
                    backends: {port: 6444}
                """;
        String now = OLD.replace("10.0.0.9", "10.0.0.99");

        assertThat(plan(RUNNING, old, now))
                .anyMatch(line -> line.contains("the virtual address 10.0.0.9 ends"))
                .anyMatch(line -> line.contains("10.0.0.99:443 (web) ends"));
    }

    @Test
    void aFrontendOnLoopbackIsSaidToEndToo() {
        String local = """
                  - name: local
                    bind: "127.0.0.1:8443"
                    backends: {port: 6443}
                """;

        assertThat(plan(RUNNING, OLD + local, OLD)).anyMatch(line -> line.contains("127.0.0.1:8443 (local) ends"));
    }

    @Test
    void aChangedPlaneAndAChangedGroupAreSaid() {
        assertThat(plan(RUNNING, OLD, OLD.replace("    bind", "    plane: proxy\n    bind")))
                .anyMatch(line -> line.contains("api goes from plane auto to proxy"));
        assertThat(plan(RUNNING, OLD, OLD.replace("virtualRouterId: 51", "virtualRouterId: 52")))
                .anyMatch(line -> line.contains("vip changes what its nodes know each other by"));
    }

    /** No advertisement has it. */
    @Test
    void aChangedPrefixLengthIsNoChangedGroup() {
        String two = OLD.replace("[10.0.0.9/32]", "[10.0.0.9/32, 10.0.0.10/32]");

        assertThat(plan(RUNNING, two, two.replace("10.0.0.10/32", "10.0.0.10/24")))
                .contains("plan: m1: its agent reads the changed cluster file:")
                .noneMatch(line -> line.contains("changes what its nodes know each other by"));
    }

    @Test
    void anUpgradeNamesBothReleasesAndClientsNoticeNothing() {
        List<String> lines = plan(
                "currentRelease=0-old\nagent=active\nenabled=enabled\nclusterFile="
                        + Example.cluster(OLD).hash() + "\n",
                OLD,
                OLD);

        assertThat(lines)
                .containsExactly(
                        "plan: m1: goes from release 0-old to " + RELEASE.id() + " (uploaded); its agent restarts",
                        "plan: clients notice nothing");
    }

    @Test
    void aUnitThatSomebodyChangedIsWrittenAnew() {
        assertThat(plan(RUNNING + "unit=changed\n", OLD, OLD))
                .anyMatch(line -> line.contains("was changed on the node"));
    }

    @Test
    void passwordsAreHiddenInTheDifference() {
        assertThat(LineDiff.of("a\nx: {password: \"old\"}\nb", "a\nx: {password: secret1, y: 1}\nb\nc"))
                .containsExactly("- x: {password: ********}", "+ x: {password: ********", "+ c");
        assertThat(LineDiff.of("", "{\"password\": \"a\\\"b\", y: 1}\npassword: 'it''s', z\npassword: a, b"))
                .containsExactly("+ {\"password\": ********, y: 1}", "+ password: ********, z", "+ password: ********");
    }

    @Test
    void whatAnEarlierVersionWroteAndThisOneCannotReadIsSaid() {
        assertThat(plan(RUNNING, "nods: []\n", OLD)).anyMatch(line -> line.contains("cannot be read by this program"));
    }
}
