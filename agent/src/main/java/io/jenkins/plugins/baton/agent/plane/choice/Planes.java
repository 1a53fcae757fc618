package io.jenkins.plugins.baton.agent.plane.choice;

import io.jenkins.plugins.baton.agent.health.HealthChange;
import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PeerAware;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.PlaneListener;
import io.jenkins.plugins.baton.agent.plane.kernel.HostSupport;
import io.jenkins.plugins.baton.agent.plane.kernel.KernelPlane;
import io.jenkins.plugins.baton.agent.plane.kernel.KernelRules;
import io.jenkins.plugins.baton.agent.plane.kernel.NoKernelPlane;
import io.jenkins.plugins.baton.agent.plane.proxy.ProxyPlane;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.jmx.Health;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All data planes as one. The proxy has every frontend, with its listener, its backends and their checks. For those that
 * the kernel plane serves there are rules that lead clients past the proxy, as long as the kernel can reach all that is
 * to have a share; when it cannot, the proxy is there.
 */
public final class Planes implements FrontendTable, PeerAware {
    private static final Logger LOG = LoggerFactory.getLogger("baton");

    private final PlaneListener listener;
    private final ProxyPlane proxy;
    private final KernelRules none = new NoKernelPlane();
    /** None as long as there is no virtual router, and where the host can have no rules. */
    private volatile KernelRules kernel = none;

    /** Null before the first file is in force. */
    private Applied applied;

    private InterfaceWatch interfaces;
    private String refusal = "";
    private boolean closed;
    private volatile List<FrontendView> frontends = List.of();
    /** What the listener knows; guarded by itself, as is who hears of capabilities. */
    private final Map<String, PlaneChoice> told = new HashMap<>();

    private Consumer<String> onCapabilities = capabilities -> {};
    private final PeerReports reports = new PeerReports(none);

    /** What is in force. */
    private record Applied(Cluster cluster, Node self, HostSupport hostSupport, Map<String, PlaneChoice> choices) {}

    /** @param accessLog as for {@link ProxyPlane} */
    public Planes(HealthMonitor monitor, PlaneListener listener, PrintStream accessLog) {
        this.listener = listener;
        this.proxy = new ProxyPlane(monitor, this::backendChanged, accessLog);
    }

    /**
     * Makes the frontends of this cluster file those that are served: starts the new ones, changes those that are there
     * without dropping a session, and stops listening on those that are gone (their sessions go on until they end).
     *
     * @throws PlaneException when one of them cannot be served; then nothing has changed
     */
    public synchronized void apply(Cluster cluster, Node self) throws PlaneException {
        reports.expect(names(cluster));
        HostSupport hostSupport = new HostSupport();
        apply(new Applied(cluster, self, hostSupport, choose(cluster, self, hostSupport)));
        watchInterfaces();
    }

    /**
     * The whole agent goes by the file of the last {@link #apply}: nodes, frontends and backends that it does not have are forgotten.
     * Not before, because the agent may go back to the file before, and nobody says again what was said of a node.
     */
    public synchronized void forgetFormer() {
        proxy.forgetFormer();
        reports.retain(names(applied.cluster()));
        kernel.forgetFormerNodes();
    }

    private static Set<String> names(Cluster cluster) {
        return cluster.nodes().stream().map(Node::name).collect(Collectors.toSet());
    }

    private static Map<String, PlaneChoice> choose(Cluster cluster, Node self, HostSupport hostSupport)
            throws PlaneException {
        PlaneChooser chooser = new PlaneChooser(cluster, self, hostSupport);
        Map<String, PlaneChoice> choices = new HashMap<>();
        for (Frontend frontend : cluster.frontends()) {
            choices.put(frontend.name(), chooser.choose(frontend));
        }
        return choices;
    }

    private void apply(Applied wanted) throws PlaneException {
        proxy(wanted);
        try {
            rule(wanted);
        } catch (IOException | RuntimeException e) {
            if (applied == null) {
                proxy.apply(List.of(), Map.of(), frontend -> false);
            } else {
                proxy(applied);
            }
            throw new PlaneException(
                    "cannot install the rules of the kernel plane: " + e.getMessage()
                            + "; set plane: proxy to run without it",
                    e);
        }
        applied = wanted;
        frontends = proxied().stream()
                .map(view -> kernel.counted(view, wanted.choices().get(view.name())))
                .toList();
        changed();
    }

    private void proxy(Applied wanted) throws PlaneException {
        proxy.apply(
                wanted.cluster().frontends(),
                wanted.choices(),
                frontend -> frontend.leavesPortToServerOf(wanted.self()));
    }

    private void watchInterfaces() {
        if (applied.cluster().virtualRouters().isEmpty()) {
            return;
        }
        try {
            if (interfaces == null) {
                interfaces = InterfaceWatch.start(this::hostChanged);
            }
            interfaces.watch(applied.cluster().virtualRouters().stream()
                    .map(router -> router.interfaceOn(applied.self()))
                    .collect(Collectors.toSet()));
        } catch (LinuxException e) {
            LOG.warn("{}; interface changes are detected late", e.getMessage());
        }
    }

    /** The rules follow the interfaces; what could not be done before may work now, and the other way round. */
    private void hostChanged() {
        kernel.hostChanged();
        chooseAgain();
    }

    private synchronized void chooseAgain() {
        if (closed) {
            return;
        }
        try {
            HostSupport hostSupport = applied.hostSupport().again();
            Map<String, PlaneChoice> choices = choose(applied.cluster(), applied.self(), hostSupport);
            Applied wanted = new Applied(applied.cluster(), applied.self(), hostSupport, choices);
            if (choices.equals(applied.choices()) && !begins(wanted)) {
                applied = wanted;
            } else {
                apply(wanted);
            }
            refusal = "";
        } catch (PlaneException e) {
            if (!e.getMessage().equals(refusal)) {
                refusal = e.getMessage();
                LOG.warn("cannot change the data planes; the previous ones stay: {}", refusal);
            }
        }
    }

    private List<? extends FrontendView> proxied() {
        FrontendTable table = proxy;
        return table.frontends();
    }

    /** Also where the proxy serves all of them: sessions stay with their proxy when the address moves. */
    private void rule(Applied wanted) throws IOException {
        if (begins(wanted)) {
            KernelPlane opened = KernelPlane.open(this::changed);
            kernel = opened;
            reports.tell(opened);
        }
        List<FrontendView> dispatched = new ArrayList<>();
        List<Frontend> proxied = new ArrayList<>();
        for (FrontendView frontend : proxied()) {
            if (wanted.choices().get(frontend.name()).isKernel()) {
                dispatched.add(frontend);
            } else {
                proxied.add(frontend.configuration());
            }
        }
        kernel.apply(wanted.cluster(), wanted.self(), dispatched, proxied);
    }

    /** Whether there are no rules yet, and there can be. */
    private boolean begins(Applied wanted) {
        return kernel == none
                && !wanted.cluster().virtualRouters().isEmpty()
                && wanted.hostSupport().obstacle(wanted.cluster()).isEmpty();
    }

    private void backendChanged(BackendView backend, HealthChange change) {
        KernelRules rules = kernel;
        rules.refresh();
        if (change.to() == Health.DOWN) {
            rules.abandon(backend);
        }
        listener.backendChanged(backend, change);
    }

    /** Tells what is new since the last time. */
    private void changed() {
        synchronized (told) {
            for (FrontendView frontend : frontends) {
                PlaneChoice now = frontend.plane();
                PlaneChoice before = told.put(frontend.name(), now);
                if (before != null && !before.equals(now)) {
                    listener.planeChanged(frontend.name(), before, now);
                }
            }
            // Asked for and told as one: older capabilities must not come last, and stay.
            onCapabilities.accept(capabilities());
        }
    }

    /** @param teller told now and whenever it may have changed what this node does for the others; must not block */
    public void advertiseBy(Consumer<String> teller) {
        synchronized (told) {
            onCapabilities = teller;
            teller.accept(capabilities());
        }
    }

    @Override
    public String capabilities() {
        return kernel.capabilities();
    }

    @Override
    public CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
        return reports.peer(node, present, capabilities);
    }

    /** Nothing new is to come here any more: this agent is being stopped. */
    public void leave() {
        kernel.leave();
    }

    /** How often rules that somebody else had changed or removed were put back. */
    public long rulesRestored() {
        return kernel.restored();
    }

    @Override
    public List<FrontendView> frontends() {
        return frontends;
    }

    @Override
    public long lingering(Duration told) {
        return proxy.lingering(told);
    }

    @Override
    public long thinOut(Duration told, Duration interval) {
        return proxy.thinOut(told, interval);
    }

    /** @see ProxyPlane#accessLogDropped */
    public long accessLogDropped() {
        return proxy.accessLogDropped();
    }

    /** @see ProxyPlane#exhaustions */
    public long exhaustions() {
        return proxy.exhaustions();
    }

    /** The rules stay: what the kernel serves goes on. */
    @Override
    public synchronized void close() {
        closed = true;
        if (interfaces != null) {
            interfaces.close();
        }
        kernel.close();
        proxy.close();
    }
}
