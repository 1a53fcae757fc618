package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.ContractValues;
import io.jenkins.plugins.baton.jmx.AgentMXBean;
import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.DescribedMXBean;
import io.jenkins.plugins.baton.jmx.FrontendMXBean;
import io.jenkins.plugins.baton.jmx.Json;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.Snapshot;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** An agent with a bean of every kind, and the way to it. */
final class TestAgent implements AgentLink {
    static final ObjectName ROUTER = ObjectNames.virtualRouter("vip");
    static final ObjectName BACKEND = ObjectNames.backend("api", "m1");

    private final String name;
    private final ContractValues contractValues;
    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private final Map<ObjectName, Map<String, Object>> values = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final List<List<String>> operations = new CopyOnWriteArrayList<>();
    private volatile boolean frozen;
    private volatile boolean cut;

    /** @param hash of the file that it runs */
    TestAgent(String name, String hash, ContractValues contractValues) {
        this.name = name;
        this.contractValues = contractValues;
        show(ObjectNames.agent(), AgentMXBean.class, Map.of("node", name, "configHash", hash));
        show(ROUTER, VirtualRouterMXBean.class, Map.of("name", "vip"));
        show(ObjectNames.frontend("api"), FrontendMXBean.class, Map.of("name", "api"));
        show(BACKEND, BackendMXBean.class, Map.of("name", "m1", "frontend", "api"));
        show(ObjectNames.check("livez"), CheckMXBean.class, Map.of("name", "livez"));
        role(State.BACKUP, "");
    }

    private <T> void show(ObjectName bean, Class<T> contract, Map<String, Object> known) {
        Map<String, Object> attributes = new ConcurrentHashMap<>(contractValues.of(contract));
        attributes.putAll(known);
        values.put(bean, attributes);
        T shown = contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                (proxy, getter, arguments) -> attributes.get(ContractValues.key(getter))));
        try {
            beans.registerMBean(DescribedMXBean.of(bean, () -> shown, contract), bean);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As this agent has them, under its own names. */
    MBeanServer beans() {
        return beans;
    }

    void role(State state, String holder) {
        set(ROUTER, "state", state);
        set(ROUTER, "holder", holder);
    }

    void set(ObjectName bean, String key, Object value) {
        values.get(bean).put(key, value);
    }

    void tell(Change change) {
        changes.add(change);
    }

    /** It says nothing any more, and the connection stays. */
    void freeze(boolean is) {
        frozen = is;
    }

    /** There is no connection. */
    void cut(boolean is) {
        cut = is;
    }

    /** What it was asked to do. */
    List<List<String>> operations() {
        return operations;
    }

    @Override
    public void watch(Consumer<String> lines) throws SshException {
        try {
            while (!cut) {
                Change change = changes.poll(100, TimeUnit.MILLISECONDS);
                if (!frozen) {
                    Snapshot snapshot = new Snapshot(beans);
                    lines.accept(Json.write(
                            change == null ? snapshot.take(Instant.now()) : snapshot.take(Instant.now(), change)));
                }
            }
            throw new SshException(name, "no answer from there. Is the host up?");
        } catch (IOException | InterruptedException e) {
            throw new SshException(name, "the test is over", e);
        }
    }

    @Override
    public String operate(List<String> words) {
        operations.add(words);
        if (words.contains("257")) {
            throw new IllegalArgumentException(name + ": The weight of a backend is 0..256, not 257");
        }
        return words.contains("setWeight") ? "3" : "";
    }
}
