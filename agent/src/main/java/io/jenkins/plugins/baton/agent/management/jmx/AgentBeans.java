package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.health.NamedChecks;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.jmx.AgentMXBean;
import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.DescribedMXBean;
import io.jenkins.plugins.baton.jmx.FrontendMXBean;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MBeans of one agent, kept in step with its cluster file. Beans read the other components when they are asked; what
 * changes by itself is told to {@link #changed}.
 */
public final class AgentBeans implements AutoCloseable {
    private final MBeanServer server;
    private final Supplier<AgentState> state;
    private final VirtualRouters routers;
    private final Supplier<List<String>> connectedPeers;
    private final FrontendTable plane;
    private final NamedChecks checks;
    private final AgentCounters counters;
    private final Map<ObjectName, DescribedMXBean> registered = new ConcurrentHashMap<>();
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();

    /**
     * @param connectedPeers names of the nodes whose agents are connected
     */
    public AgentBeans(
            MBeanServer server,
            Supplier<AgentState> state,
            VirtualRouters routers,
            Supplier<List<String>> connectedPeers,
            FrontendTable plane,
            NamedChecks checks,
            AgentCounters counters) {
        this.counters = counters;
        this.connectedPeers = connectedPeers;
        this.server = server;
        this.state = state;
        this.routers = routers;
        this.plane = plane;
        this.checks = checks;
    }

    /** Registers the beans of this cluster file and removes those that it no longer has. */
    public synchronized void show(Cluster cluster) {
        Map<ObjectName, DescribedMXBean> wanted = new LinkedHashMap<>();
        add(
                wanted,
                ObjectNames.agent(),
                () -> new AgentBean(state.get(), routers, connectedPeers, plane, counters),
                AgentMXBean.class);
        cluster.virtualRouters()
                .forEach(router -> add(
                        wanted,
                        ObjectNames.virtualRouter(router.name()),
                        () -> VirtualRouterBean.of(routers, router.name()),
                        VirtualRouterMXBean.class));
        cluster.frontends().forEach(frontend -> {
            String name = frontend.name();
            add(wanted, ObjectNames.frontend(name), () -> FrontendBean.of(plane, name), FrontendMXBean.class);
            frontend.backends()
                    .forEach(backend -> add(
                            wanted,
                            ObjectNames.backend(name, backend.name()),
                            () -> BackendBean.of(plane, name, backend.name()),
                            BackendMXBean.class));
        });
        cluster.checks()
                .forEach(check -> add(
                        wanted,
                        ObjectNames.check(check.name()),
                        () -> CheckBean.of(checks, check.name()),
                        CheckMXBean.class));

        List<ObjectName> gone = registered.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .toList();
        gone.forEach(this::unregister);
        wanted.forEach(this::registerOnce);
    }

    private static <T> void add(
            Map<ObjectName, DescribedMXBean> beans, ObjectName name, Supplier<T> moments, Class<T> contract) {
        beans.put(name, DescribedMXBean.of(name, moments, contract));
    }

    /** A bean that is there stays: clients have subscribed to it. */
    private void registerOnce(ObjectName name, DescribedMXBean bean) {
        if (registered.putIfAbsent(name, bean) == null) {
            try {
                server.registerMBean(bean, name);
            } catch (JMException e) {
                throw new IllegalStateException("Cannot register the MBean " + name + ": " + e, e);
            }
        }
    }

    private void unregister(ObjectName name) {
        registered.remove(name);
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // Somebody was faster; it is gone, and that was wanted.
        } catch (JMException e) {
            throw new IllegalStateException("Cannot remove the MBean " + name + ": " + e, e);
        }
    }

    /** Tells JMX listeners and watchers of a change, on the caller's thread. */
    void changed(Change change) {
        DescribedMXBean bean = registered.get(change.bean());
        if (bean != null) {
            bean.attributeChanged(change.attribute(), change.reason(), change.oldValue(), change.newValue());
            watchers.forEach(watcher -> watcher.accept(change));
        }
    }

    /** Tells JMX listeners that a stranger uses our VRID. */
    void conflictSeen(ObjectName router, String message) {
        DescribedMXBean bean = registered.get(router);
        if (bean != null) {
            bean.conflictSeen(message);
        }
    }

    /**
     * @param watcher called for every change, on the thread that tells of it: return quickly
     * @return ends it
     */
    public Runnable watch(Consumer<Change> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public synchronized void close() {
        List.copyOf(registered.keySet()).forEach(this::unregister);
    }
}
