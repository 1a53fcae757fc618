package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netfilter.Connection;
import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTable;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PeerAware;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.PersistedState;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import io.jenkins.plugins.baton.agent.plane.kernel.statistics.TrafficStatistics;
import io.jenkins.plugins.baton.agent.plane.kernel.tracking.BackendConnections;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The kernel plane of an agent, whose thread, rules and neighbours are simulated. */
public final class SimulatedPlane implements PeerAware {
    /** What it leaves on a host, and the next agent finds. */
    public static final class Rules {
        private Optional<ClusterView> view = Optional.empty();
        private String structure = "";
        private Set<String> peers = Set.of();

        /** Those in force; empty: there are none. */
        public Optional<ClusterView> view() {
            return view;
        }

        /** The nodes that have rules too, as the next agent finds it. */
        Set<String> peers() {
            return peers;
        }
    }

    private final Rules rules;
    private final Supplier<Map<String, MacAddress>> segment;
    private final Runnable refresh;
    private final Peers peers = new Peers();
    private final Adoption adoption = new Adoption(peers);
    private final NodeReconciler reconciler;
    /** What the thread was asked to do and has not done yet; null: nothing. */
    private UnderWay<Void> next;

    private boolean leaving;

    /**
     * @param rules of the host
     * @param segment the Ethernet addresses of the nodes that answer now
     * @param refresh asks the thread to call {@link #put} soon
     */
    public SimulatedPlane(
            Rules rules, Supplier<Map<String, MacAddress>> segment, Runnable refresh, LongSupplier clock) {
        this.rules = rules;
        this.segment = segment;
        this.refresh = refresh;
        this.reconciler = new NodeReconciler(
                new SimulatedHostRules(),
                new SimulatedNeighbours(),
                new TrafficStatistics(new NoConnections()),
                new BackendConnections(new NoConnections()),
                peers,
                adoption,
                new PlaneReport(),
                () -> {},
                clock);
    }

    public void apply(Cluster cluster, Node self, FrontendView frontend) {
        try {
            reconciler.apply(new DesiredState(cluster, self, List.of(frontend), List.of()));
        } catch (IOException e) {
            throw new AssertionError("the simulated kernel refuses nothing", e);
        }
    }

    /** As {@link KernelPlane#forgetFormerNodes}. */
    void forgetFormerNodes() {
        reconciler.forgetFormerNodes();
        put();
    }

    public void put() {
        try {
            reconciler.put();
        } catch (IOException e) {
            throw new AssertionError("the simulated kernel refuses nothing", e);
        }
        if (next != null) {
            UnderWay<Void> done = next;
            next = null;
            done.complete(null);
        }
    }

    public void look() {
        reconciler.look();
    }

    /** Whether it may look seldom. */
    boolean isSettled() {
        return reconciler.isSettled();
    }

    /** As {@link KernelPlane#peer}. */
    @Override
    public CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
        if (!(present && capabilities.isEmpty() && adoption.assumes(node))) {
            adoption.heard(node);
            if (peers.learn(node, present, PeerCapabilities.parse(capabilities))) {
                next = next == null ? new UnderWay<>() : next;
                refresh.run();
                return next;
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Ends with the next {@link #put}. Whoever waits for it has it done at once: here nobody else's time passes meanwhile. */
    private final class UnderWay<T> extends CompletableFuture<T> {
        @Override
        public T get(long timeout, TimeUnit unit) {
            if (!isDone()) {
                put();
            }
            return join();
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new UnderWay<>();
        }
    }

    /** As {@link KernelPlane#capabilities}. */
    @Override
    public String capabilities() {
        DesiredState task = reconciler.desired();
        return task == null
                ? ""
                : new PeerCapabilities(Set.of(task.dispatched().get(0).name()), Set.of(), leaving).text();
    }

    public void leave() {
        leaving = true;
    }

    private final class SimulatedHostRules implements HostRules {
        /** Null until this agent has put one in force. */
        private ClusterView mine;

        @Override
        public PersistedState persisted() {
            return new PersistedState(Map.of(), rules.structure, rules.peers);
        }

        @Override
        public boolean hasStructureOf(ClusterView wanted) {
            return wanted.equals(mine) || structure(wanted).equals(rules.structure);
        }

        /** Stands for {@link Ruleset#structure}, which is long. */
        private String structure(ClusterView wanted) {
            return "translates-" + wanted.interfaces() + wanted.frontends().size();
        }

        @Override
        public Change put(ClusterView wanted, Set<String> wantedPeers, boolean tampered) {
            boolean anew = mine == null || !hasStructureOf(wanted);
            mine = wanted;
            rules.view = Optional.of(wanted);
            rules.structure = structure(wanted);
            rules.peers = wantedPeers;
            return anew ? Change.INSTALLATION : Change.UPDATE;
        }

        @Override
        public boolean isTamperedWith() {
            return false;
        }

        @Override
        public boolean keepParameters() {
            return false;
        }

        @Override
        public String counters() {
            return "";
        }

        @Override
        public void close() {}
    }

    private final class SimulatedNeighbours implements HostNeighbours {
        private final Map<String, MacAddress> known = new HashMap<>();

        @Override
        public NeighbourTable.Snapshot snapshot() {
            return new NeighbourTable.Snapshot(Map.copyOf(known), Map.of("eth0", 2));
        }

        @Override
        public boolean knows(String node) {
            return known.containsKey(node);
        }

        @Override
        public void look(DesiredState task) {
            known.putAll(segment.get());
        }

        @Override
        public void ask(DesiredState task) throws LinuxException {
            look(task);
        }

        @Override
        public void close() {}
    }

    private static final class NoConnections implements ConnectionTable {
        @Override
        public List<Connection> to(InetAddress address, int port) {
            return List.of();
        }

        @Override
        public void forget(InetAddress address, Connection connection) {}

        @Override
        public void close() {}
    }
}
