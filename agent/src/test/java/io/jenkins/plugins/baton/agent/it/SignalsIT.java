package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signals that the parent process ignores, as nohup and a shell without job control do. */
class SignalsIT {
    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(1);

    @Test
    void reloadsAndStopsThoughItsParentIgnoresTheSignals() {
        Host m1 = lab.host("m1");
        Path file = ClusterText.of(m1).router().write(lab);
        List<String> command = new ArrayList<>(List.of("env", "--ignore-signal=HUP,INT,TERM"));
        command.addAll(lab.agent().runCommand(m1, file));
        Daemon agent = m1.start("agent", command, lab.agent().environment(m1));
        lab.awaitHolder(m1);
        String hash = lab.status(m1).path("configHash").asText();

        ClusterText.of(m1)
                .router()
                .line("checks: [{name: livez, type: tcp, address: \"127.0.0.1:6443\"}]")
                .write(lab);
        agent.reload();
        Await.until(
                "the new file is in use",
                AWAIT_TIMEOUT,
                () -> !lab.status(m1).path("configHash").asText().equals(hash));
        Command.run("kill", "-INT", Long.toString(agent.pid())).orThrow();

        assertThat(agent.awaitEnd(AWAIT_TIMEOUT)).as(agent.log()).isZero();
        Await.until("the VIP is gone", AWAIT_TIMEOUT, () -> lab.vip().holders().isEmpty());
    }
}
