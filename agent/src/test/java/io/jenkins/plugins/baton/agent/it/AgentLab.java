package io.jenkins.plugins.baton.agent.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.baton.agent.management.ManagementException;
import io.jenkins.plugins.baton.agent.management.control.ControlClient;
import io.jenkins.plugins.baton.agent.management.control.RunningAgent;
import io.jenkins.plugins.baton.agent.management.control.RuntimeDirectory;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.VipWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh lab for each test; the logs of everything in it are printed when the test fails. */
final class AgentLab implements BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {
    /** Long enough for a machine that is busy with something else; what is waited for mostly takes a second. */
    static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int nodes;
    private final Agent agent = new Agent(Path.of("target/baton-agent"));
    private Lab lab;
    private VipWatch vip;

    private AgentLab(int nodes) {
        this.nodes = nodes;
    }

    static AgentLab withNodes(int nodes) {
        return new AgentLab(nodes);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        lab = Lab.withNodes(nodes);
        vip = VipWatch.start(AddressPlan.VIP, lab.nodes());
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.out.println("Logs of " + context.getDisplayName() + ":");
            lab.daemons().forEach(d -> System.out.println("--- " + d.name() + "\n" + d.log()));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        vip.close();
        lab.close();
    }

    Lab lab() {
        return lab;
    }

    Agent agent() {
        return agent;
    }

    Host host(String name) {
        return lab.host(name);
    }

    /** Where the VIP is and was. */
    VipWatch vip() {
        return vip;
    }

    /** Watches another address, or other hosts, instead of the VIP on m1, m2 ... */
    void watch(String other, List<Host> hosts) {
        vip.close();
        vip = VipWatch.start(other, hosts);
    }

    Daemon start(Host host, Path clusterFile) {
        return agent.start(host, clusterFile);
    }

    /** Runs a subcommand of the agent on the host. */
    Command.Result run(Host host, String... arguments) {
        return agent.run(host, arguments);
    }

    /** What {@code baton-agent status --json} prints on the host, without the start of a JVM each time. */
    JsonNode status(Host host) {
        return askForStatus(host).orElseThrow(() -> new AssertionError("the agent on " + host + " is not running"));
    }

    private Optional<JsonNode> askForStatus(Host host) {
        Path socket = new RuntimeDirectory(agent.runtimeDirectory(host)).socket(host.name());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            ControlClient.ask(new RunningAgent(host.name(), socket), "status json", answer);
            return Optional.of(JSON.readTree(answer.toByteArray()));
        } catch (RunningAgent.NotRunning e) {
            return Optional.empty();
        } catch (ManagementException | ControlClient.RefusedException | IOException e) {
            throw new AssertionError("no status from the agent on " + host + ": " + e.getMessage(), e);
        }
    }

    /** Waits until the agent of a host answers. */
    void awaitReady(Host host) {
        Await.until(
                "the agent on " + host + " answers",
                AWAIT_TIMEOUT,
                () -> askForStatus(host).isPresent());
    }

    /** The virtual router in the status of the host. */
    JsonNode router(Host host) {
        return status(host).at("/virtualRouters/0");
    }

    /** Waits until the host alone has the VIP. */
    void awaitHolder(Host host) {
        Await.until(
                host + " alone holds the VIP",
                AWAIT_TIMEOUT,
                () -> vip.holders().equals(List.of(host)));
    }

    /** Waits until the agent of a host answers, and its virtual router is in the given state. */
    void awaitState(Host host, String state) {
        awaitReady(host);
        Await.until(
                "the virtual router on " + host + " is " + state,
                AWAIT_TIMEOUT,
                () -> router(host).path("state").asText().equals(state));
    }
}
