package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.DescribedMXBean;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.federation.Sampled;
import io.jenkins.plugins.baton.jmx.status.ConflictStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The beans of one node, kept in step with what its agent says. */
final class NodeBeans {
    private final MBeanServer server;
    private final NodeFeed node;
    /** By the name on the node. Guarded by this. */
    private final Map<ObjectName, DescribedMXBean> registered = new HashMap<>();
    /** Guarded by this. */
    private Set<String> conflicts = Set.of();

    NodeBeans(MBeanServer server, NodeFeed node) {
        this.server = server;
        this.node = node;
    }

    /** The agent said something; tells listeners what has changed. */
    synchronized void show(Sample sample) {
        for (ObjectName name : List.copyOf(registered.keySet())) {
            if (!sample.beans().containsKey(name)) {
                unregister(registered.remove(name));
            }
        }
        sample.beans().forEach((name, bean) -> {
            if (!registered.containsKey(name)) {
                registered.put(name, register(name, bean.contract()));
            }
        });
        sample.change().ifPresent(this::tell);
        tellConflicts(sample.status());
    }

    private <T extends Sampled> DescribedMXBean register(ObjectName name, Class<T> contract) {
        DescribedMXBean bean = DescribedMXBean.of(
                ObjectNames.onNode(node.name(), name), () -> BeanView.of(node, name, contract), contract);
        try {
            server.registerMBean(bean, bean.name());
        } catch (JMException e) {
            throw new IllegalStateException("Cannot register " + bean.name(), e);
        }
        return bean;
    }

    private void unregister(DescribedMXBean bean) {
        try {
            server.unregisterMBean(bean.name());
        } catch (JMException e) {
            throw new IllegalStateException("Cannot unregister " + bean.name(), e);
        }
    }

    private void tell(Change change) {
        DescribedMXBean bean = registered.get(change.bean());
        if (bean != null) {
            bean.attributeChanged(change.attribute(), change.reason(), change.oldValue(), change.newValue());
        }
    }

    /** The agent tells conflicts to its own listeners only: here each is told when it is first seen. */
    private void tellConflicts(NodeStatus status) {
        Set<String> now = new HashSet<>();
        for (RouterStatus router : status.virtualRouters()) {
            for (ConflictStatus conflict : router.conflicts()) {
                String key = router.name() + " " + conflict.kind() + " " + conflict.source() + " " + conflict.since();
                now.add(key);
                DescribedMXBean bean = registered.get(ObjectNames.virtualRouter(router.name()));
                if (bean != null && !conflicts.contains(key)) {
                    bean.conflictSeen(conflict.message());
                }
            }
        }
        conflicts = now;
    }
}
