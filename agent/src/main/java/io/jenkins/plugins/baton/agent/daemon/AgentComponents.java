package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.handover.LingeringVips;
import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.health.NamedChecks;
import io.jenkins.plugins.baton.agent.linux.host.ServiceManager;
import io.jenkins.plugins.baton.agent.maintenance.Maintenance;
import io.jenkins.plugins.baton.agent.maintenance.MaintenanceFile;
import io.jenkins.plugins.baton.agent.maintenance.MaintenanceWatch;
import io.jenkins.plugins.baton.agent.management.MetricsFile;
import io.jenkins.plugins.baton.agent.management.control.ControlCommands;
import io.jenkins.plugins.baton.agent.management.control.ControlSocket;
import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import io.jenkins.plugins.baton.agent.management.control.NodeLock;
import io.jenkins.plugins.baton.agent.management.control.RuntimeDirectory;
import io.jenkins.plugins.baton.agent.management.control.StatusReport;
import io.jenkins.plugins.baton.agent.management.jmx.AgentBeans;
import io.jenkins.plugins.baton.agent.management.jmx.AgentCounters;
import io.jenkins.plugins.baton.agent.management.jmx.AgentState;
import io.jenkins.plugins.baton.agent.management.jmx.Events;
import io.jenkins.plugins.baton.agent.management.jmx.JmxConnector;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.choice.Planes;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.jenkins.plugins.baton.cluster.Check;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.jmx.Health;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The components of a running agent, started in the order in which they need each other and ended in the reverse one. */
final class AgentComponents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    private static final Duration HANDOVER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RELOAD_TIMEOUT = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private Events events;
    private NamedChecks checks;
    private LingeringVips lingering;
    private Planes plane;
    private VipMoves moves;
    private PeerAgents agents;
    private AgentBeans beans;
    private ReadinessReporter readiness;
    private MaintenanceWatch maintenance;
    private volatile Cluster cluster;
    private Node self;
    /** Set when everything else is: whoever sees it may use the other components. */
    private volatile VirtualRouters routers;

    private AgentComponents(Cluster cluster, Node self) {
        this.cluster = cluster;
        this.self = self;
    }

    /**
     * The virtual routers come last: when they begin, everything that can fail has worked, so an agent that does not
     * start never holds a virtual address.
     *
     * @param secret by which the agents know each other
     * @param maintenanceFile says which node is out of service
     * @param state what the agent shows of itself
     * @param onDeath told when the real-time thread dies, on another thread
     * @throws StartException when one cannot start; the others have been ended again
     */
    static AgentComponents start(
            Cluster cluster,
            Node self,
            GroupSecret secret,
            RuntimeDirectory runtime,
            MaintenanceFile maintenanceFile,
            Supplier<AgentState> state,
            Consumer<Throwable> onDeath)
            throws StartException {
        AgentComponents components = new AgentComponents(cluster, self);
        try {
            components.open(secret, runtime, maintenanceFile, state, onDeath);
            return components;
        } catch (Exception | LinkageError e) { // LinkageError: a native library or a libc function is missing
            components.close();
            throw StartException.failed(e);
        }
    }

    private void open(
            GroupSecret secret,
            RuntimeDirectory runtime,
            MaintenanceFile maintenanceFile,
            Supplier<AgentState> state,
            Consumer<Throwable> onDeath)
            throws Exception {
        begin(NodeLock.acquire(runtime, self.name()));
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        events = begin(new Events(onDeath));
        HealthMonitor monitor = begin(new HealthMonitor());
        checks = begin(new NamedChecks(monitor, (check, change) -> {
            events.changed(check, change);
            track();
        }));
        lingering = begin(LingeringVips.open());
        plane = begin(new Planes(monitor, events, System.out));
        plane.apply(cluster, self);
        checks.apply(cluster.checks());
        ControlSocket socket = begin(ControlSocket.bind(runtime.socket(self.name())));
        JmxConnector jmx = begin(JmxConnector.open(
                cluster.management().jmxPort(), () -> this.cluster.management().jmxUsers(), server));
        moves = new VipMoves(plane, lingering);
        Optional<Maintenance> atStart = maintenanceFile.inForce();
        Optional<String> asideFor =
                atStart.filter(inForce -> inForce.node().equals(self.name())).map(Maintenance::sentence);
        routers = VirtualRouters.start(cluster, self, events, moves, asideFor);
        started.push(() -> routers.stop(HANDOVER_TIMEOUT));
        maintenance =
                new MaintenanceWatch(maintenanceFile, new MaintenanceDuties(self.name(), plane, routers), atStart);
        maintenance.run();
        readiness = new ReadinessReporter(plane, routers);
        readiness.run();
        agents = begin(new PeerAgents(routers, events, moves));
        plane.advertiseBy(agents::advertise); // before anybody can hear it
        agents.apply(cluster, self, secret);
        routers.connect(agents);
        beans = begin(new AgentBeans(
                server,
                state,
                routers,
                agents::connectedPeers,
                plane,
                checks,
                new AgentCounters(
                        jmx::refused,
                        events::dropped,
                        plane::rulesRestored,
                        plane::accessLogDropped,
                        plane::exhaustions)));
        beans.show(cluster);
        events.tellTo(beans);
        begin(MetricsFile.start(server, () -> this.cluster.management().metricsFile()));
        track();
        socket.serve(new ControlCommands(server, new StatusReport(server, beans), routers, plane));
    }

    private <T extends AutoCloseable> T begin(T component) {
        started.push(component);
        return component;
    }

    /**
     * Goes on with another cluster file. Sessions and addresses stay.
     *
     * @throws StartException when it cannot be used; then everything is as before
     */
    void reload(Cluster next, Node nextSelf, GroupSecret secret) throws StartException {
        try {
            plane.apply(next, nextSelf);
        } catch (PlaneException e) {
            throw StartException.failed(e); // it changes all or nothing
        }
        try {
            load(next, nextSelf);
        } catch (ExecutionException e) {
            restore();
            throw StartException.failed(e.getCause());
        } catch (TimeoutException e) {
            restore();
            throw StartException.late("the virtual routers have not applied the cluster file", RELOAD_TIMEOUT);
        } catch (InterruptedException e) {
            restore();
            throw new StartException(ExitCode.FAILED, "interrupted, because the agent is ending", e);
        }
        cluster = next;
        self = nextSelf;
        agents.apply(cluster, self, secret);
        plane.forgetFormer();
        checks.apply(next.checks());
        maintenance.again();
        beans.show(next);
        track();
    }

    private void load(Cluster wanted, Node asNode) throws ExecutionException, TimeoutException, InterruptedException {
        routers.reload(wanted, asNode).get(RELOAD_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private void restore() {
        try {
            plane.apply(cluster, self);
            load(cluster, self);
        } catch (Exception e) {
            LOG.error("Cannot restore the previous configuration: {}", e.getMessage());
        }
        track();
    }

    /** Tells the virtual routers what their tracked checks say now. */
    private void track() {
        VirtualRouters now = routers;
        if (now == null) {
            return; // still starting: called again when they run
        }
        Map<String, Check> byName =
                cluster.checks().stream().collect(Collectors.toMap(Check::name, Function.identity()));
        Map<String, Health> healths = new HashMap<>();
        checks.all()
                .forEach(named ->
                        healths.put(named.check().name(), named.status().health()));
        cluster.virtualRouters().forEach(router -> {
            Tracking tracking = Tracking.of(router, byName, healths);
            now.tracked(router.name(), tracking.adjustment(), tracking.fault());
        });
    }

    /** Begins what is done some times a second. */
    void periodicTasks(ServiceManager serviceManager) {
        begin(PeriodicTasks.start(routers, events, readiness, maintenance, lingering, serviceManager));
    }

    Events events() {
        return events;
    }

    /** How long {@link #leave} takes at most. */
    Duration maxStopTime() {
        return HANDOVER_TIMEOUT.plus(SessionDrain.drainTimeout(cluster.frontends()));
    }

    /** Another node takes the addresses over first; then what clients have open gets a while to end. */
    void leave(SessionDrain.StopRequest stopRequest) throws InterruptedException {
        plane.leave();
        routers.stop(HANDOVER_TIMEOUT);
        SessionDrain.of(plane, stopRequest);
    }

    /** Ends all components, also after {@link #leave} and also when one of them makes trouble. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("Ending the agent: {}", e.toString());
            }
        }
    }
}
