package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.SOON;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The settings of the guides: version 2, VRID 51, adverts every 3 s, PASS 1111. */
class GuideIT {
    private static final String SETTINGS =
            "version: 2, advertisementInterval: 3s, authentication: {type: pass, password: \"1111\"}";

    @RegisterExtension
    final AgentLab lab = AgentLab.withMasters(2);

    @Test
    void agentTakesOverFromARunningKeepalivedAndGivesBack() {
        Host m1 = lab.host("m1");
        Host m2 = lab.host("m2");
        Daemon keepalived = Keepalived.ofTheGuide().start(m2, 100);
        lab.awaitHolder(m2);

        Path file = ClusterText.of(m1, m2).router(SETTINGS).write(lab);
        Daemon agent = lab.start(m1, file);
        lab.awaitHolder(m1);
        keepalived.awaitLog("Entering BACKUP STATE", SOON);

        agent.stop();
        keepalived.awaitLog("priority 0 advertisement", SOON);
        lab.awaitHolder(m2);
    }
}
