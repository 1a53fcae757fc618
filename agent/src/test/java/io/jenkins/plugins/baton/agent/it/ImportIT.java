package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.ImportException;
import io.jenkins.plugins.baton.cluster.importer.Importer;
import io.jenkins.plugins.baton.cluster.importer.SourceText;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents on an imported file beside real keepalived on the files that it was imported from: they elect one MASTER. */
class ImportIT {
    @RegisterExtension
    final AgentLab lab = AgentLab.withMasters(3);

    /** What a keepalived.conf has besides the usual. */
    enum Original {
        PASSWORD_WITH_A_BACKSLASH_AND_A_QUOTE("authentication {\nauth_type PASS\nauth_pass p\\#w\\'x\n}"),
        PASSWORD_THAT_IS_NOT_SENT_FOR_LACK_OF_A_TYPE("authentication {\nauth_pass secret\n}"),
        UNICAST_WITHOUT_SOURCE("unicast_peer {\nPEERS\n}\nversion 3\nadvert_int 0.5"),
        MASTER_WHOSE_NOPREEMPT_IS_CLEARED("nopreempt");

        private final String lines;

        Original(String lines) {
            this.lines = lines;
        }

        String text(Host host, List<Host> all) {
            String peers = all.stream().filter(other -> other != host).map(Host::ipv4).collect(Collectors.joining("\n"));
            int place = all.indexOf(host);
            return String.join(
                    "\n",
                    "global_defs {",
                    "vrrp_rt_priority " + Keepalived.REAL_TIME_PRIORITY,
                    "vrrp_rlimit_rttime " + Keepalived.LONGEST_RUN_MICROS,
                    "}",
                    "vrrp_instance VI_1 {",
                    "state " + (place == 0 ? "MASTER" : "BACKUP"),
                    "virtual_router_id 51",
                    "priority " + (110 - 10 * place),
                    "virtual_ipaddress {",
                    Plan.VIP + "/32 dev " + Host.INTERFACE,
                    "}",
                    "interface " + Host.INTERFACE,
                    lines.replace("PEERS", peers),
                    "}",
                    "");
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void agentsOnTheImportedFileElectOneMasterWithKeepalivedOnTheOriginal(Original original) throws ImportException {
        List<Host> hosts = lab.lab().masters();
        Daemon second = Keepalived.start(hosts.get(1), original.text(hosts.get(1), hosts));
        Keepalived.start(hosts.get(2), original.text(hosts.get(2), hosts));
        lab.awaitHolder(hosts.get(1));

        Path file = imported(original, hosts);
        Daemon first = lab.start(hosts.get(0), file);
        lab.awaitHolder(hosts.get(0));
        assertThat(lab.router(hosts.get(0)).path("droppedAdverts")).allMatch(count -> count.asLong() == 0);
        assertThat(lab.router(hosts.get(0)).path("conflicts")).isEmpty();

        second.stop();
        lab.start(hosts.get(1), file);
        lab.awaitState(hosts.get(1), "BACKUP");
        first.stop();
        lab.awaitHolder(hosts.get(1));
    }

    private Path imported(Original original, List<Host> hosts) throws ImportException {
        List<SourceText> keepalived = hosts.stream()
                .map(host -> new SourceText(host.name() + ".conf", original.text(host, hosts)))
                .toList();
        String servers = hosts.stream()
                .map(host -> "  server " + host.name() + " " + host.ipv4() + ":" + Plan.BACKEND_PORT + " check\n")
                .collect(Collectors.joining());
        SourceText haproxy = new SourceText(
                "haproxy.cfg", "listen api\n  mode tcp\n  bind *:" + Plan.FRONTEND_PORT + "\n" + servers);
        return lab.lab().client().write("imported.yaml", Importer.importFiles(keepalived, haproxy).yaml());
    }
}
