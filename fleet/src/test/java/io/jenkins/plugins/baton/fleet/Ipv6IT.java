package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.systemd.Operator;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import io.jenkins.plugins.baton.lab.systemd.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose nodes, virtual address and SSH are IPv6 alone. */
class Ipv6IT {
    private static final Path PROGRAM = Path.of("target/baton/bin/baton");

    private static SystemdLab lab;

    @TempDir
    Path folder;

    @BeforeAll
    static void boot() throws IOException {
        lab = SystemdLab.start("ip6it", Path.of("/var/tmp/baton-ipv6-it"));
    }

    @AfterAll
    static void remove() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aClusterOverIpv6IsDeployedDrilledAndRemovedAsAnyOther() throws Exception {
        Map<String, Trace> bare = new LinkedHashMap<>();
        lab.names().forEach(node -> bare.put(node, Trace.of(lab, node)));

        assertThat(baton("deploy")).contains("to m1, m2, m3");
        assertThat(baton("deploy")).contains("nothing to change");
        baton("wait", "--stable", "1", "--timeout", "120");
        assertThat(baton("status")).contains("MASTER", "BACKUP");
        // The link comes back with the addresses that only the drill knows of: nothing manages the network of these
        // hosts.
        for (String scenario : new String[] {"handover", "link-down"}) {
            baton(
                    "drill",
                    "--scenario",
                    scenario,
                    "--report",
                    folder.resolve(scenario).toString());
        }
        baton("undeploy");

        bare.forEach((node, before) ->
                assertThat(before.changesTo(Trace.of(lab, node))).as(node).isEmpty());
    }

    /** Runs it to its end, which is to be a good one. */
    private static String baton(String command, String... arguments) {
        Operator.Result result = new Operator(lab, PROGRAM).baton(lab.ipv6ClusterFile(), command, arguments);
        assertThat(result.code()).as(command + ": " + result.text()).isZero();
        return result.text();
    }
}
