package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.DescribedMXBean;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.connector.LoopbackConnector;
import io.jenkins.plugins.baton.jmx.federation.ClusterMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeMXBean;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;

/**
 * The MBeans of all nodes of a cluster in one MBean server: what an agent shows as {@code baton:type=Agent} is {@code
 * baton:node=m1,type=Agent} here, with descriptions, units, operations and notifications, and {@code baton:type=Cluster}
 * tells what the nodes say together. For a program that has it in itself:
 *
 * <pre>
 * try (NodeConnections nodes = new NodeConnections(file.cluster(), access);
 *         Federation federation = Federation.open(file, nodes, "alice", Progress.SILENT)) {
 *     federation.awaitNodes(Duration.ofSeconds(20));
 *     federation.beans().getAttribute(ObjectNames.cluster(), "Holders");
 * }
 * </pre>
 *
 * Each agent tells its status after every change and twice a second, over SSH, while this is open; an agent that is not
 * watched does nothing for it. Reads are answered from what was told last and wait for no node. A node that is not heard
 * keeps its last values, with {@code Connected} false and their age, and is asked again every second. An operation goes to
 * its node and waits for it, 30 s at most; the node's log names the operator. Notifications come on a thread of the
 * connection to the node: a listener that blocks keeps that node's values from being renewed. Safe for any thread.
 */
public final class Federation implements AutoCloseable {
    private static final Duration COMPARE_INTERVAL = Duration.ofMillis(250);

    private final ClusterFile file;
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Map<String, NodeFeed> feeds = new LinkedHashMap<>();
    private final ClusterChanges changes;
    private final Progress progress;
    private final ScheduledExecutorService comparing =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("cluster-changes"));
    /** Belongs to that thread. */
    private String complaint = "";

    private Federation(ClusterFile file, Function<Node, AgentLink> links, Progress progress) {
        this.file = file;
        DescribedMXBean cluster =
                register(DescribedMXBean.of(ObjectNames.cluster(), this::cluster, ClusterMXBean.class));
        this.progress = progress;
        this.changes = new ClusterChanges(cluster);
        Map<NodeFeed, NodeBeans> beans = new LinkedHashMap<>();
        for (Node node : file.cluster().nodes()) {
            NodeFeed feed = new NodeFeed(
                    node.name(),
                    links.apply(node),
                    (from, sample) -> beans.get(from).show(sample),
                    progress::say);
            feeds.put(node.name(), feed);
            beans.put(feed, new NodeBeans(server, feed));
            DescribedMXBean bean = register(DescribedMXBean.of(
                    ObjectNames.node(node.name()), () -> new NodeBean(node, feed), NodeMXBean.class));
            changes.watch(feed, bean);
        }
        changes.compare(cluster()); // nobody is heard yet: what comes is a change
        feeds.values().forEach(NodeFeed::start);
        comparing.scheduleWithFixedDelay(
                this::compare, COMPARE_INTERVAL.toMillis(), COMPARE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Throws nothing: the clock would forget it without a word, and no change of the cluster would be told any more. */
    private void compare() {
        try {
            changes.compare(cluster());
            complaint = "";
        } catch (RuntimeException | Error e) {
            String sentence = "cannot compare what the nodes say: " + e;
            if (!sentence.equals(complaint)) {
                progress.say(sentence);
            }
            complaint = sentence;
        }
    }

    /**
     * Begins to connect to all nodes, and returns at once.
     *
     * @param file what the cluster should be
     * @param nodes its nodes; stays the caller's to close, after this
     * @param operator who the nodes' logs name with each operation, such as {@code alice}
     * @param progress told when a node begins to answer and why it does not, on other threads
     */
    public static Federation open(ClusterFile file, NodeConnections nodes, String operator, Progress progress) {
        return open(file, node -> new SshLink(nodes.get(node.name()), operator), progress);
    }

    static Federation open(ClusterFile file, Function<Node, AgentLink> links, Progress progress) {
        return new Federation(file, links, progress);
    }

    private DescribedMXBean register(DescribedMXBean bean) {
        try {
            server.registerMBean(bean, bean.name());
            return bean;
        } catch (JMException e) {
            throw new IllegalStateException("Cannot register " + bean.name(), e);
        }
    }

    private ClusterBean cluster() {
        return new ClusterBean(file, view());
    }

    /** All nodes as they are known now: those that are not heard are unanswered, with the reason. */
    public View view() {
        Map<String, NodeStatus> heard = new LinkedHashMap<>();
        Map<String, String> unanswered = new LinkedHashMap<>();
        feeds.forEach((name, feed) -> {
            String problem = feed.problem();
            if (problem.isEmpty()) {
                heard.put(name, feed.last().orElseThrow().status());
            } else {
                unanswered.put(name, problem);
            }
        });
        return new View(heard, unanswered);
    }

    /** The MBean server with all beans, and nothing else; it must not be changed. */
    public MBeanServer beans() {
        return server;
    }

    /**
     * Waits until each node has answered or is known not to.
     *
     * @throws FleetException with what every node said, when none answers; when it is interrupted
     */
    public void awaitNodes(Duration timeout) throws FleetException {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            for (NodeFeed feed : feeds.values()) {
                feed.awaitOutcome(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetException.failed("interrupted while the nodes were connected to", e);
        }
        View view = view();
        if (view.nodes().isEmpty()) {
            throw FleetException.failed(List.copyOf(view.unanswered().values()));
        }
    }

    /**
     * Serves the beans to JMX clients of this user and of root on this machine, by RMI on one port of 127.0.0.1. The first
     * call in a JVM sets {@code java.rmi.server.hostname} for all of it.
     *
     * @param port 1..65535; 0 for a free one
     * @return to be closed before this
     * @throws FleetException of bad input when the port cannot be had
     */
    public LoopbackConnector serve(int port) throws FleetException {
        try {
            return LoopbackConnector.open(port, new OwnUser(), (user, operation) -> {}, server);
        } catch (IOException e) {
            throw FleetException.badInput(
                    e.getMessage() + "; name another port with --port, or leave it out for a free one");
        }
    }

    /** Ends it at all nodes; does not wait for any. */
    @Override
    public void close() {
        comparing.shutdownNow();
        feeds.values().forEach(NodeFeed::close);
    }
}
