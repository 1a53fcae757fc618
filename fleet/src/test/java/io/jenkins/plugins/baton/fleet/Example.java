package io.jenkins.plugins.baton.fleet;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster of three, and what its agents say when all is well. */
public final class Example {
    public static final List<String> NODES = List.of("m1", "m2", "m3");

    private Example() {}

    public static ClusterFile cluster() {
        return cluster("""
                cluster: example
                nodes:
                  - {name: m1, address: 10.0.0.1, priority: 110}
                  - {name: m2, address: 10.0.0.2, priority: 100}
                  - {name: m3, address: 10.0.0.3, priority: 90}
                virtualRouters:
                  - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9/32]}
                frontends:
                  - name: api
                    bind: "10.0.0.9:8443"
                    check: {type: https, path: /readyz}
                    backends: {port: 6443}
                """);
    }

    /** @param text of a cluster file without a mistake */
    public static ClusterFile cluster(String text) {
        try {
            return ClusterFile.parse(Path.of("cluster.yaml"), text.getBytes(StandardCharsets.UTF_8));
        } catch (ClusterFileException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All nodes as a steady cluster has them, with m1 as holder. */
    public static Map<String, NodeStatus> steady() {
        Map<String, NodeStatus> nodes = new LinkedHashMap<>();
        nodes.put("m1", node("m1", "MASTER", "m1", "UP"));
        nodes.put("m2", node("m2", "BACKUP", "m1", "UP"));
        nodes.put("m3", node("m3", "BACKUP", "m1", "UP"));
        return nodes;
    }

    public static View view(Map<String, NodeStatus> nodes) {
        return new View(nodes, Map.of());
    }

    public static NodeStatus node(String name, String state, String holder, String healthOfM3) {
        return node(name, state, holder, healthOfM3, "2026-01-01T00:00:10.000Z", "2026-01-01T00:00:00.000Z");
    }

    public static NodeStatus node(
            String name, String state, String holder, String healthOfM3, String sampledAt, String stateSince) {
        return StatusJson.parse(
                """
                {"node": "%s", "version": "1", "configHash": "%s", "sampledAt": "%s",
                 "virtualRouters": [{"name": "vip", "state": "%s", "stateSince": "%s", "stateReason": "a test",
                   "priority": 100, "effectivePriority": 100, "holder": "%s", "transitions": 1, "conflicts": [],
                   "somethingNew": true}],
                 "frontends": [{"name": "api", "bind": "10.0.0.9:8443", "plane": "proxy",
                   "planeReason": "it has one backend", "sessions": 0, "backends": [
                   {"name": "m1", "address": "10.0.0.1:6443", "health": "UP", "weight": 1, "sessions": 0},
                   {"name": "m2", "address": "10.0.0.2:6443", "health": "UP", "weight": 1, "sessions": 0},
                   {"name": "m3", "address": "10.0.0.3:6443", "health": "%s", "weight": 1, "sessions": 0,
                    "lastCheckResult": "connection refused"}]}],
                 "checks": []}
                """.formatted(name, cluster().hash(), sampledAt, state, stateSince, holder, healthOfM3));
    }
}
