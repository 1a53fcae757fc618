package io.jenkins.plugins.baton.agent.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.Plan;
import io.jenkins.plugins.baton.lab.VipWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh lab for each test; the logs of everything in it are printed when the test fails. */
final class AgentLab implements BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {
    /** Long enough for a machine that is busy with something else; what is waited for mostly takes a second. */
    static final Duration SOON = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int masters;
    private final String address;
    private final Agent agent = new Agent(Path.of("target/baton-agent"));
    private Lab lab;
    private VipWatch vip;

    private AgentLab(int masters, String address) {
        this.masters = masters;
        this.address = address;
    }

    static AgentLab withMasters(int masters) {
        return new AgentLab(masters, Plan.VIP);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        lab = Lab.withMasters(masters);
        watch(address);
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

    /** Watches another address instead. */
    void watch(String other) {
        if (vip != null) {
            vip.close();
        }
        vip = VipWatch.start(other, lab.masters());
    }

    Daemon start(Host host, Path clusterFile) {
        return agent.start(host, clusterFile);
    }

    /** Runs a subcommand of the agent on the host. */
    Command.Result run(Host host, String... arguments) {
        return agent.run(host, arguments);
    }

    /** What {@code baton-agent status --json} says on the host. */
    JsonNode status(Host host) {
        try {
            return JSON.readTree(agent.run(host, "status", "--json").orThrow().output());
        } catch (JsonProcessingException e) {
            throw new AssertionError("`status --json` on " + host + " printed no JSON: " + e.getMessage(), e);
        }
    }

    /** The virtual router in the status of the host. */
    JsonNode router(Host host) {
        return status(host).at("/virtualRouters/0");
    }

    /** Waits until the host alone has the VIP. */
    void awaitHolder(Host host) {
        Await.until(host + " alone holds the VIP", SOON, () -> vip.holders().equals(List.of(host)));
    }

    /** Waits until the agent of a host answers, and its virtual router is in the given state. */
    void awaitState(Host host, String state) {
        agent.awaitReady(host, SOON);
        Await.until("the virtual router on " + host + " is " + state, SOON,
                () -> router(host).path("state").asText().equals(state));
    }
}
