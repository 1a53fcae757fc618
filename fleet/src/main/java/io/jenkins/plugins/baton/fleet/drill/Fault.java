package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.fleet.nodes.Faults;
import io.jenkins.plugins.baton.fleet.nodes.NodeClock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/** One fault on one node, with its end armed there before it begins. */
final class Fault {
    private final Scenario scenario;
    private final NodeConnection connection;
    private final Cluster cluster;
    private final String token = UUID.randomUUID().toString().substring(0, 8);
    /** Made before the fault begins: then there may be nobody left to ask for the script. */
    private final Command end;

    Fault(Scenario scenario, NodeConnection connection, Cluster cluster) {
        this.scenario = scenario;
        this.connection = connection;
        this.cluster = cluster;
        this.end = Faults.end(token, cluster);
    }

    /**
     * Arms end and beginning.
     *
     * @param end when it ends by itself, counted from now
     * @return when it begins, by our {@link System#nanoTime}: half a second from now
     */
    long arm(NodeClock clock, Duration end) throws SshException {
        Node node = connection.node();
        String peers = cluster.nodes().stream()
                .filter(other -> !other.name().equals(node.name()))
                .map(other -> other.address().getHostAddress())
                .collect(Collectors.joining(" "));
        String ports = cluster.frontends().stream()
                .flatMap(frontend -> frontend.backends().stream())
                .filter(backend -> backend.name().equals(node.name()))
                .map(backend -> String.valueOf(backend.endpoint().port()))
                .distinct()
                .collect(Collectors.joining(" "));
        String interfaceName = cluster.virtualRouters().stream()
                .map((VirtualRouter router) -> router.interfaceOn(node))
                .findFirst()
                .orElse("lo");
        String output = connection.require(
                "arm the fault " + scenario.word(),
                Script.of(
                        Fault.class,
                        "arm.sh",
                        List.of(
                                scenario.word(),
                                token,
                                String.valueOf(end.toSeconds()),
                                interfaceName,
                                peers,
                                ports,
                                script(scenario, "prepare"),
                                script(scenario, "begin"),
                                script(scenario, "revert"))));
        long nanos = Long.parseLong(output.strip());
        return clock.nanoTime(Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L));
    }

    /** What a scenario does on the node; empty where it has nothing to do. */
    static String script(Scenario scenario, String step) {
        return Script.find(Fault.class, "faults/" + scenario.word() + "/" + step + ".sh")
                .orElse("");
    }

    /** The next command makes a new connection. */
    void forgetConnection() {
        connection.close();
    }

    /**
     * When the agent got the order to hand over, which takes a program of its own: its start is not the handover's time.
     *
     * @return by our {@link System#nanoTime}; empty for other faults, and for an agent that does not say it
     */
    OptionalLong ordered(NodeClock clock) throws SshException {
        String said = connection
                .run(Command.asRoot(
                        "sed -n 's/.*, ordered at //p' /run/baton-drill-" + token + "/said 2> /dev/null | head -n 1"))
                .output()
                .strip();
        try {
            return said.isEmpty() ? OptionalLong.empty() : OptionalLong.of(clock.nanoTime(Instant.parse(said)));
        } catch (DateTimeParseException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Ends it now.
     *
     * @return why it never took effect; empty when it did
     */
    String revert() throws SshException {
        return connection.require("end the fault " + scenario.word(), end).strip();
    }
}
