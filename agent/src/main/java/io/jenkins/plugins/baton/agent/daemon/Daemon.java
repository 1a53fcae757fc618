package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.linux.host.OwnService;
import io.jenkins.plugins.baton.agent.linux.host.Privileges;
import io.jenkins.plugins.baton.agent.linux.host.ServiceManager;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.maintenance.MaintenanceFile;
import io.jenkins.plugins.baton.agent.management.ManagementException;
import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import io.jenkins.plugins.baton.agent.management.control.RuntimeDirectory;
import io.jenkins.plugins.baton.agent.management.jmx.AgentState;
import io.jenkins.plugins.baton.agent.plane.PortTakenException;
import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent from its start to its end: one thread that waits for signals and for bad news, and acts on them. */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger("baton");

    /** For what comes after the sessions have ended, on a busy machine. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** How often it is looked for what the agent waits for. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private static final Duration START_RETRY_INTERVAL = Duration.ofSeconds(1);

    private sealed interface Command {}

    private record Reload() implements Command {}

    private record Stop(String why) implements Command {}

    private record Die() implements Command {}

    private final Path config;
    private final AgentInputs inputs;
    private final RuntimeDirectory runtime;
    private final MaintenanceFile maintenance = new MaintenanceFile(MaintenanceFile.PATH, Clock.systemUTC());
    private final ServiceManager serviceManager = ServiceManager.fromEnvironment();
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private volatile AgentState state;

    private Daemon(Path config, RuntimeDirectory runtime) {
        this.config = config;
        this.inputs = new AgentInputs(config);
        this.runtime = runtime;
    }

    /**
     * Runs the agent until it is told to end.
     *
     * @param node the node that the operator named; empty: the one that has an address of this machine
     * @return exit code: 0 when it was told to end, 1 when it ended because something broke
     * @throws StartException when it does not start
     */
    public static int run(Path config, Optional<String> node, RuntimeDirectory runtime) throws StartException {
        return new Daemon(config, runtime).run(node);
    }

    private int run(Optional<String> name) throws StartException {
        catchSignals();
        ClusterFile file = inputs.file();
        Host host = AgentInputs.host();
        AgentInputs.require(Preflight.lacking(file, host));
        AgentInputs.secret(file);
        Optional<Node> self = SelfNode.find(file, name, host.addresses());
        introduce(file, self);
        prepareRuntime();
        keepPowersFromPrograms();
        return begin(name, self);
    }

    /** Serves as soon as nothing is awaited any more. */
    private int begin(Optional<String> name, Optional<Node> first) throws StartException {
        Optional<Node> self = first;
        Optional<String> taken = Optional.empty();
        while (true) {
            while (taken.isPresent()
                    || StartCondition.of(state.file(), self, AgentInputs.host()).isPresent()) {
                OptionalInt end = await(name, taken);
                if (end.isPresent()) {
                    return end.getAsInt();
                }
                taken = Optional.empty();
                self = SelfNode.find(state.file(), name, AgentInputs.host().addresses());
            }
            Node node = self.orElseThrow(); // without one it is awaited
            if (!node.name().equals(state.node())) {
                introduce(state.file(), self);
            }
            try {
                return serve(state.file(), node);
            } catch (StartException e) {
                if (!(e.getCause() instanceof PortTakenException)) {
                    throw e;
                }
                taken = Optional.of(e.getMessage());
            }
        }
    }

    private void introduce(ClusterFile file, Optional<Node> self) {
        state = new AgentState(WaitingAgent.nodeOf(file, self).name(), Version.current(), started(), file);
        LOG.info(
                "baton-agent {}: node {} of cluster {}, {} ({})",
                state.version(),
                state.node(),
                file.cluster().name(),
                file.path(),
                file.hash());
    }

    /**
     * Runs without serving until what is awaited has come; or returns the exit code when the agent is told to end before.
     *
     * @param taken why it could not begin although all was there; after a while that is worth another attempt
     */
    private OptionalInt await(Optional<String> name, Optional<String> taken) throws StartException {
        long anotherAttempt = System.nanoTime() + START_RETRY_INTERVAL.toNanos();
        ClusterFile file = state.file();
        Node standIn = WaitingAgent.nodeOf(
                file, SelfNode.find(file, name, AgentInputs.host().addresses()));
        try (AgentComponents components = AgentComponents.start(
                WaitingAgent.idle(file.cluster()),
                standIn,
                GroupSecret.NONE,
                runtime,
                maintenance,
                () -> state,
                this::die)) {
            components.periodicTasks(serviceManager);
            while (true) {
                Host host = AgentInputs.host();
                Optional<Node> self = SelfNode.find(state.file(), name, host.addresses());
                Optional<String> awaited = StartCondition.of(state.file(), self, host)
                        .or(() -> taken.filter(why -> System.nanoTime() - anotherAttempt < 0));
                if (awaited.isEmpty()) {
                    return OptionalInt.empty();
                }
                showWaiting(components, awaited.get());
                Command command = commands.poll(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                if (command instanceof Reload) {
                    readWhileWaiting();
                } else if (command != null) {
                    return OptionalInt.of(command instanceof Stop ? ExitCode.OK : ExitCode.FAILED);
                }
            }
        } catch (InterruptedException e) {
            return OptionalInt.of(ExitCode.FAILED);
        }
    }

    private void showWaiting(AgentComponents components, String what) {
        String before = state.waitsFor();
        if (!before.equals(what)) {
            state = state.waitingFor(what);
            LOG.warn("waiting: {}", what);
            components.events().agentChanged("WaitsFor", before, what, "the agent has not begun");
            tell(() -> serviceManager.ready("waiting: " + what));
        }
    }

    private void readWhileWaiting() {
        tell(serviceManager::reloading);
        try {
            ClusterFile file = inputs.whileWaiting();
            state = state.using(file);
            LOG.info("reloaded {} ({})", file.path(), file.hash());
        } catch (StartException e) {
            state = state.refusing(e.getMessage());
            LOG.error("{} was refused; still waiting with the previous configuration:\n{}", config, e.getMessage());
        }
        tell(() -> serviceManager.ready("waiting: " + state.waitsFor()));
    }

    private int serve(ClusterFile file, Node self) throws StartException {
        AgentInputs.require(Preflight.problems(file, self, AgentInputs.host()));
        GroupSecret secret = AgentInputs.secret(file);
        try (AgentComponents components =
                AgentComponents.start(file.cluster(), self, secret, runtime, maintenance, () -> state, this::die)) {
            components.periodicTasks(serviceManager);
            state = state.waitingFor("");
            tell(() -> serviceManager.ready("node " + self.name()));
            LOG.info(
                    "ready after {} ms",
                    Duration.between(started(), Instant.now()).toMillis());
            return runCommands(components);
        }
    }

    private int runCommands(AgentComponents components) {
        while (true) {
            try {
                Command command = commands.take();
                if (command instanceof Reload) {
                    reload(components);
                } else if (command instanceof Stop stop) {
                    LOG.info("stopping: {}", stop.why());
                    tell(() -> serviceManager.stopping(
                            stop.why(), components.maxStopTime().plus(MARGIN)));
                    components.leave(this::isStoppedAgain);
                    return ExitCode.OK;
                } else if (command instanceof Die) {
                    return ExitCode.FAILED;
                } else {
                    throw new IllegalStateException("unknown command: " + command);
                }
            } catch (InterruptedException e) {
                return ExitCode.FAILED;
            }
        }
    }

    /** Whether it is told to end once more, within that time. */
    private boolean isStoppedAgain(Duration time) throws InterruptedException {
        Command command = commands.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        return command instanceof Stop || command instanceof Die;
    }

    /** Another node takes over, and the service manager starts a whole agent again. Not every start gets as far as the command. */
    private void die(Throwable cause) {
        LOG.error("ending: the real-time thread died", cause);
        commands.add(new Die());
    }

    private void catchSignals() {
        Signals.on("TERM", () -> commands.add(new Stop("SIGTERM")));
        Signals.on("INT", () -> commands.add(new Stop("SIGINT")));
        Signals.on("HUP", () -> commands.add(new Reload()));
        // The real-time thread, on which the addresses depend, tells of its death itself; see die().
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, cause) -> LOG.error("Thread {} died; please report this", thread.getName(), cause));
    }

    private void reload(AgentComponents components) {
        tell(serviceManager::reloading);
        String oldHash = state.file().hash();
        try {
            AgentInputs.Reload next = inputs.forReload(state);
            ClusterFile file = next.file();
            components.reload(file.cluster(), next.self(), next.secret());
            setState(components, state.using(file), "reloaded");
            components.events().agentChanged("ConfigHash", oldHash, file.hash(), "reloaded");
            LOG.info("reloaded {} ({})", file.path(), file.hash());
        } catch (StartException e) {
            setState(components, state.refusing(e.getMessage()), "the reload was refused");
            LOG.error("{} was refused; keeping the previous configuration:\n{}", config, e.getMessage());
        }
        tell(() -> serviceManager.ready("node " + state.node()));
    }

    private void setState(AgentComponents components, AgentState next, String reason) {
        String before = state.configError();
        state = next;
        if (!before.equals(next.configError())) {
            components.events().agentChanged("ConfigError", before, next.configError(), reason);
        }
    }

    private void prepareRuntime() throws StartException {
        try {
            runtime.prepare();
        } catch (ManagementException e) {
            throw StartException.badInput(e.getMessage());
        }
    }

    /** Before any other thread is started, because each has its own. */
    private static void keepPowersFromPrograms() throws StartException {
        try {
            Privileges.keepFromPrograms();
            OwnService.hideFromItsUser();
        } catch (LinuxException e) {
            throw StartException.failed(e);
        }
    }

    private static Instant started() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    /** Speaks to systemd where there is one; what it does not hear it finds out by its own timeouts. */
    private static void tell(Notice notice) {
        try {
            notice.send();
        } catch (LinuxException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Notice {
        void send() throws LinuxException;
    }
}
