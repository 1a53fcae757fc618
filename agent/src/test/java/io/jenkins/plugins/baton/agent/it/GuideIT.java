package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;

import io.jenkins.plugins.baton.cluster.importer.Importer;
import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.probe.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The settings of the guides: version 2, VRID 51, adverts every 3 s, a password. */
class GuideIT {
    private static final Path FILES = Path.of("../cluster/src/test/resources/import/guide");
    private static final String VARIANTS =
            "version: 2, advertisementInterval: 3s, authentication: {type: pass, password: \"1111\"}";

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(2);

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void agentTakesOverFromARunningKeepalivedAndGivesBack() {
        Host m1 = lab.host("m1");
        Host m2 = lab.host("m2");
        Daemon keepalived = Keepalived.ofTheGuide().start(m2, 100);
        lab.awaitHolder(m2);

        Path file = ClusterText.of(m1, m2).router(VARIANTS).write(lab);
        Daemon agent = lab.start(m1, file);
        lab.awaitHolder(m1);
        keepalived.awaitLog("with higher priority 110, ours 100", AWAIT_TIMEOUT);

        agent.stop();
        keepalived.awaitLog("priority 0 advertisement", AWAIT_TIMEOUT);
        lab.awaitHolder(m2);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void importedFilesOfTheGuideStartAWorkingCluster() throws ImportException, IOException {
        List<Host> hosts = List.of(host("master01", 40), host("master02", 41), host("master03", 42));
        lab.watch(AddressPlan.VIP, hosts);
        hosts.forEach(Backend::start);

        String yaml = Importer.importFiles(
                        List.of(file("keepalived.conf"), file("keepalived-2.conf"), file("keepalived-3.conf")),
                        file("haproxy.cfg"))
                .yaml();
        Path file = lab.lab().client().write("imported.yaml", yaml);
        hosts.forEach(host -> lab.start(host, file));
        lab.awaitHolder(hosts.get(0));

        try (Client client = Client.start(
                lab.lab().client(),
                AddressPlan.VIP,
                AddressPlan.FRONTEND_PORT,
                Duration.ofMillis(20),
                5,
                Duration.ofMinutes(2))) {
            client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
        }
    }

    private Host host(String name, int number) {
        return lab.lab().addHost(name, number);
    }

    /** The lab's hosts have another interface, and other addresses, than the guide's. */
    private static SourceText file(String name) throws IOException {
        String text = Files.readString(FILES.resolve(name))
                .replace("ens160", Host.INTERFACE)
                .replaceAll("10\\.86\\.13\\.3([012]):", "10.86.13.4$1:");
        return new SourceText(name, text);
    }
}
