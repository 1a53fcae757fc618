package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SIGHUP under load. */
class ReloadIT {
    private static final int SESSIONS = 10;

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(1);

    private Host m1;
    private Daemon agent;
    private String hash;

    @BeforeEach
    void agentHoldsTheVip() {
        m1 = lab.host("m1");
        Backend.start(m1);
        agent = lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
        lab.awaitReady(m1);
        hash = lab.status(m1).path("configHash").asText();
    }

    @Test
    void validFileIsTakenOverWithoutLosingTheVipOrASession() {
        try (Client client = client()) {
            long begin = System.nanoTime();
            configuration()
                    .line("checks: [{name: livez, type: tcp, address: \"127.0.0.1:6443\"}]")
                    .write(lab);
            agent.reload();
            Await.until(
                    "the new file is in use",
                    AWAIT_TIMEOUT,
                    () -> !lab.status(m1).path("configHash").asText().equals(hash));
            client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
            assertUntouched(client.since(begin));
        }
    }

    /** Without another nat chain on the host, the kernel would end all translation with the last of ours. */
    @Test
    void changeOfThePlaneLosesNoSession() {
        try (Client client = client()) {
            long begin = System.nanoTime();
            for (String plane : List.of("proxy", "kernel", "proxy")) {
                ClusterText.of(lab.host("m1")).router().frontend(plane).write(lab);
                agent.reload();
                Await.until(
                        "the " + plane + " serves",
                        AWAIT_TIMEOUT,
                        () -> frontend().path("plane").asText().equals(plane));
                client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
            }
            assertUntouched(client.since(begin));
        }
    }

    /** Its port is its server's: no listener of the agent's stands in the way of a server on every address. */
    @Test
    void nodesOwnServerAnswersOnItsPortWhileTheKernelPlaneCannotServe() {
        onPortOfServer("leastconn");
        Await.until(
                "it is said",
                AWAIT_TIMEOUT,
                () -> frontend().path("plane").asText().equals("none"));
        assertThat(frontend().path("planeReason").asText())
                .startsWith("the server of this node itself answers, for the kernel plane cannot serve it, because");
        try (Client client = client(AddressPlan.BACKEND_PORT)) {
            long begin = System.nanoTime();
            onPortOfServer("roundrobin");
            Await.until(
                    "the kernel serves",
                    AWAIT_TIMEOUT,
                    () -> frontend().path("plane").asText().equals("kernel"));
            client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
            onPortOfServer("leastconn");
            Await.until(
                    "the server answers",
                    AWAIT_TIMEOUT,
                    () -> frontend().path("plane").asText().equals("none"));
            client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
            assertUntouched(client.since(begin));
        }
    }

    private void onPortOfServer(String balance) {
        ClusterText.of(lab.host("m1"))
                .router()
                .line("frontends: [{name: own, balance: " + balance + ", bind: \"" + AddressPlan.VIP + ":"
                        + AddressPlan.BACKEND_PORT + "\", backends: {port: " + AddressPlan.BACKEND_PORT + "}}]")
                .write(lab);
        agent.reload();
    }

    private JsonNode frontend() {
        return lab.status(m1).at("/frontends/0");
    }

    @Test
    void invalidFileIsRefusedWithTheReasonAndNothingChanges() {
        try (Client client = client()) {
            long begin = System.nanoTime();
            Path file = configuration().line("frontend: wrong").write(lab);
            agent.reload();
            Await.until(
                    "the refusal is shown",
                    AWAIT_TIMEOUT,
                    () -> lab.status(m1).at("/agent/configError").asText().contains(file + ":"));
            assertThat(lab.status(m1).path("configHash").asText()).isEqualTo(hash);
            client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
            assertUntouched(client.since(begin));
        }
    }

    private void assertUntouched(Impact impact) {
        assertThat(impact.failed()).isZero();
        assertThat(impact.lostSessions()).isZero();
        assertThat(impact.requests()).isPositive();
        assertThat(lab.vip().history()).hasSize(1);
        assertThat(lab.vip().holders()).containsExactly(m1);
    }

    private Client client() {
        return client(AddressPlan.FRONTEND_PORT);
    }

    private Client client(int port) {
        Client client = Client.start(
                lab.lab().client(), AddressPlan.VIP, port, Duration.ofMillis(10), SESSIONS, Duration.ofMinutes(3));
        client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
        return client;
    }

    private ClusterText configuration() {
        return ClusterText.of(lab.host("m1")).router().frontend();
    }
}
