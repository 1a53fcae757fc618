package io.jenkins.plugins.baton.agent.plane.choice;

import io.jenkins.plugins.baton.agent.health.Health;
import io.jenkins.plugins.baton.agent.health.HealthChange;
import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.DataPlane;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.PlaneListener;
import io.jenkins.plugins.baton.agent.plane.kernel.Ability;
import io.jenkins.plugins.baton.agent.plane.kernel.KernelPlane;
import io.jenkins.plugins.baton.agent.plane.proxy.ProxyPlane;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * All data planes as one. The proxy has every frontend, with its listener, its backends and their checks. For those that
 * the kernel plane serves there are rules that lead clients past the proxy, as long as the kernel can reach all that is
 * to have a share; when it cannot, the proxy is there.
 */
public final class Planes implements DataPlane {
    private final PlaneListener listener;
    private final ProxyPlane proxy;
    /** Null as long as there is no virtual router, and where the host can have no rules. */
    private volatile KernelPlane kernel;

    private Map<String, PlaneChoice> choices = Map.of();
    private List<Frontend> applied = List.of();
    private volatile List<FrontendView> frontends = List.of();
    /** What the listener knows; guarded by itself, as is who hears of offers. */
    private final Map<String, PlaneChoice> told = new HashMap<>();
    private Consumer<String> onOffer = offer -> {};

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
        Ability ability = new Ability();
        PlaneChooser chooser = new PlaneChooser(cluster, self, ability);
        Map<String, PlaneChoice> wanted = new HashMap<>();
        for (Frontend frontend : cluster.frontends()) {
            wanted.put(frontend.name(), chooser.choose(frontend));
        }
        proxy.apply(cluster.frontends(), wanted);
        try {
            rule(cluster, self, ability, wanted);
        } catch (IOException | RuntimeException e) {
            proxy.apply(applied, choices);
            throw new PlaneException("the rules of the kernel plane cannot be made: " + e.getMessage()
                    + "; say plane: proxy to go without", e);
        }
        applied = cluster.frontends();
        choices = wanted;
        frontends = proxied().stream()
                .<FrontendView>map(view -> view(view, wanted.get(view.name())))
                .toList();
        changed();
    }

    private List<? extends FrontendView> proxied() {
        DataPlane plane = proxy;
        return plane.frontends();
    }

    private FrontendView view(FrontendView proxied, PlaneChoice choice) {
        return choice.isKernel() ? kernel.counted(proxied, choice.reason()) : proxied;
    }

    /** Also where the proxy serves all of them: sessions stay with their proxy when the address moves. */
    private void rule(Cluster cluster, Node self, Ability ability, Map<String, PlaneChoice> wanted) throws IOException {
        if (kernel == null) {
            if (cluster.virtualRouters().isEmpty() || ability.obstacle(cluster).isPresent()) {
                return;
            }
            kernel = KernelPlane.open(this::changed);
        }
        List<FrontendView> dispatched = new ArrayList<>();
        List<Frontend> proxied = new ArrayList<>();
        for (FrontendView frontend : proxied()) {
            if (wanted.get(frontend.name()).isKernel()) {
                dispatched.add(frontend);
            } else {
                proxied.add(frontend.configuration());
            }
        }
        kernel.apply(cluster, self, dispatched, proxied);
    }

    private void backendChanged(BackendView backend, HealthChange change) {
        KernelPlane rules = kernel;
        if (rules != null) {
            rules.refresh();
            if (change.to() == Health.DOWN) {
                rules.abandon(backend);
            }
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
            onOffer.accept(offer()); // asked for and told as one: an older offer must not come last, and stay
        }
    }

    /** @param teller told now and whenever it may have changed what this node does for the others; must not block */
    public void tellOffers(Consumer<String> teller) {
        synchronized (told) {
            onOffer = teller;
            teller.accept(offer());
        }
    }

    @Override
    public String offer() {
        return kernel == null ? "" : kernel.offer();
    }

    @Override
    public CompletableFuture<Void> peer(String node, boolean present, String offer) {
        return kernel == null ? CompletableFuture.completedFuture(null) : kernel.peer(node, present, offer);
    }

    /** Nothing new is to come here any more: this agent is being stopped. */
    public void leave() {
        if (kernel != null) {
            kernel.leave();
        }
    }

    @Override
    public long rulesRestored() {
        return kernel == null ? 0 : kernel.restored();
    }

    @Override
    public List<FrontendView> frontends() {
        return frontends;
    }

    @Override
    public long lingering(Duration told) {
        return proxy.lingering(told);
    }

    /** The rules stay: what the kernel serves goes on. */
    @Override
    public synchronized void close() {
        if (kernel != null) {
            kernel.close();
        }
        proxy.close();
    }
}
