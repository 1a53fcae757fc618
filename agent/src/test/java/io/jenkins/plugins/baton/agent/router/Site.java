package io.jenkins.plugins.baton.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.router.notice.VipTransitionListener;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.lab.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A node in a network namespace of this JVM: its routers with real sockets, and what its listener was told. */
public final class Site implements RouterListener, AutoCloseable {
    public static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    public static final String VIP = "10.86.13.36";
    public static final String VIP6 = "fd00:86:13::36";

    private static final String CLUSTER = """
            cluster: test
            nodes:
              - {name: m1, address: 10.86.13.30, priority: 110, linkLocal: "fe80::30"}
              - {name: m2, address: 10.86.13.31, priority: 100, linkLocal: "fe80::31"}
            virtualRouters:
              - {name: four, virtualRouterId: 51, interface: eth0, addresses: [10.86.13.36/32]}
              - {name: six, virtualRouterId: 51, interface: eth0, addresses: ["fd00:86:13::36/128"]}
            """;

    public final NamespaceThread namespace = new NamespaceThread();
    private final String name;
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private VirtualRouters routers;

    public Site(String name) {
        this.name = name;
    }

    /** Two nodes on a cable, addresses and all; their routers are not started. */
    public static List<Site> pair() {
        Site m1 = new Site("m1");
        Site m2 = new Site("m2");
        connect(m1, m2);
        return List.of(m1, m2);
    }

    public static void connect(Site m1, Site m2) {
        NamespaceThread.connect(m1.namespace, m2.namespace);
        m1.number(30);
        m2.number(31);
    }

    private void number(int number) {
        namespace.ip("addr add 10.86.13." + number + "/24 dev eth0");
        namespace.ip("addr add fe80::" + number + "/64 dev eth0 nodad");
    }

    /** The ordinary nodes without a virtual router. */
    public static Cluster clusterWithoutRouters() {
        return TestCluster.of(CLUSTER.substring(0, CLUSTER.indexOf("virtualRouters:")));
    }

    /** @param change what differs from the ordinary file, as pairs of what is replaced by what */
    public static Cluster cluster(String... change) {
        String text = CLUSTER;
        for (int i = 0; i < change.length; i += 2) {
            assertThat(text).contains(change[i]);
            text = text.replace(change[i], change[i + 1]);
        }
        return TestCluster.of(text);
    }

    public void start() {
        start(cluster());
    }

    /** The threads of the routers are born in the namespace and stay there. */
    public void start(Cluster cluster) {
        start(cluster, Optional.empty());
    }

    /** @param asideFor why they stand aside from the beginning */
    void start(Cluster cluster, Optional<String> asideFor) {
        routers = namespace.call(() -> VirtualRouters.start(
                cluster, cluster.node(name).orElseThrow(), this, new VipTransitionListener() {}, asideFor));
    }

    public void reload(Cluster cluster) {
        namespace.run(
                () -> routers.reload(cluster, cluster.node(name).orElseThrow()).join());
    }

    public VirtualRouters routers() {
        return routers;
    }

    public RouterSnapshot router(String router) {
        return routers.snapshot(router).orElseThrow();
    }

    public void await(String router, State state) {
        Await.until(
                router + " on " + name + " is " + state,
                AWAIT_TIMEOUT,
                () -> router(router).state() == state);
    }

    public boolean holds(String address) {
        return namespace.ip("-o addr show dev eth0").contains(" " + address + "/");
    }

    public void awaitAddress(String address, boolean there) {
        Await.until(name + " has " + address + ": " + there, AWAIT_TIMEOUT, () -> holds(address) == there);
    }

    public List<String> told() {
        return told;
    }

    @Override
    public void stateChanged(RouterSnapshot before, RouterSnapshot after) {
        told.add(after.name() + " " + before.state() + ">" + after.state());
    }

    @Override
    public void reasonChanged(RouterSnapshot before, RouterSnapshot after) {
        told.add(after.name() + " still " + after.state());
    }

    @Override
    public void conflictSeen(String router, Conflict conflict) {
        told.add(router + " conflict " + conflict.source().getHostAddress());
    }

    @Override
    public void warned(String sentence) {
        told.add(sentence);
    }

    @Override
    public void died(Throwable cause) {
        told.add("died: " + cause);
    }

    @Override
    public void close() {
        if (routers != null) {
            routers.close();
        }
        namespace.close();
    }
}
