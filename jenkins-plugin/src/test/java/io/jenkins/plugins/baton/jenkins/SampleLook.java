package io.jenkins.plugins.baton.jenkins;

import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.deploy.plan.Plan;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jmx.Json;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What three agents say, as a Jenkins node tells it. */
final class SampleLook {
    private static final List<String> NAMES = List.of("m1", "m2", "m3");
    private static final String FILE_HASH = "3f2a9c417be05d1188a64c02f93e71b5c0d2e8f7a6b59483712c0d9e8f7a6b54";

    private final Instant now = Instant.now();
    private final Stage stage;
    private String holder = "m1";
    private String version = "0.1.0";
    private String hash = FILE_HASH;
    private final List<String> silent = new ArrayList<>();
    private final List<String> down = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private String reason = "its priority is the highest";

    SampleLook(Stage stage) {
        this.stage = stage;
    }

    static SampleLook steady(Stage stage) {
        return new SampleLook(stage);
    }

    SampleLook heldBy(String node) {
        holder = node;
        return this;
    }

    SampleLook of(String release, String fileHash) {
        version = release;
        hash = fileHash;
        return this;
    }

    SampleLook without(String node) {
        silent.add(node);
        missing.add(node + ": the agent does not answer: connection refused");
        return this;
    }

    SampleLook down(String backend) {
        down.add(backend);
        NAMES.stream()
                .filter(name -> !silent.contains(name))
                .forEach(name -> missing.add(
                        name + ": sees the backend " + backend + " of kube-apiserver DOWN (connection refused)"));
        return this;
    }

    /** @param text in the place of what a node says for a person */
    SampleLook saying(String text) {
        reason = text;
        missing.add(text);
        return this;
    }

    String json() throws IOException {
        Map<String, NodeStatus> nodes = new LinkedHashMap<>();
        Map<String, String> unanswered = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (silent.contains(name)) {
                unanswered.put(name, name + ": the agent does not answer: connection refused");
            } else {
                nodes.put(name, node(name));
            }
        }
        Look look = new Look(stage, now.toEpochMilli(), "kube-master", NAMES, nodes, unanswered, missing, List.of());
        return StatusJson.mapper().writeValueAsString(look);
    }

    private NodeStatus node(String name) {
        int priority = 115 - 5 * Integer.parseInt(name.substring(1));
        boolean master = name.equals(holder);
        Map<String, Object> router = new LinkedHashMap<>();
        router.put("name", "kube-master");
        router.put("state", master ? "MASTER" : "BACKUP");
        router.put("stateCode", master ? 2 : 1);
        router.put("stateSince", now.minusSeconds(5400).toString());
        router.put("stateReason", master ? reason : "heard " + holder + " with priority 110");
        router.put("priority", priority);
        router.put("effectivePriority", name.equals("m3") ? priority - 40 : priority);
        router.put("holder", holder);
        router.put("virtualRouterId", 51);
        router.put("interface", "eth0");
        router.put("addresses", List.of("10.0.0.9/24"));
        router.put("advertisementIntervalMillis", 100);
        router.put("advertsReceived", master ? 3 : 54_018);
        router.put("droppedAdverts", Map.of("UNKNOWN_SENDER", 4));
        List<Object> backends = new ArrayList<>();
        for (String backend : NAMES) {
            boolean up = !down.contains(backend);
            backends.add(Map.of(
                    "name",
                    backend,
                    "frontend",
                    "kube-apiserver",
                    "address",
                    "10.0.0." + backend.substring(1) + ":6443",
                    "health",
                    up ? "UP" : "DOWN",
                    "healthCode",
                    up ? 1 : 3,
                    "healthSince",
                    now.minusSeconds(up ? 86_400 : 40).toString(),
                    "lastCheckResult",
                    up ? "HTTP 200" : "connection refused",
                    "lastCheckAt",
                    now.minusMillis(700).toString(),
                    "lastCheckMillis",
                    3.4));
        }
        Map<String, Object> frontend = Map.of(
                "name", "kube-apiserver",
                "bind", "10.0.0.9:8443",
                "plane", "kernel",
                "planeReason", "every backend is a node of the file on one segment",
                "sessions", 42,
                "backends", backends);
        Map<String, Object> check = Map.of(
                "name",
                "etcd-local",
                "result",
                name.equals("m3") ? "DOWN" : "UP",
                "resultCode",
                name.equals("m3") ? 3 : 1,
                "resultSince",
                now.minusSeconds(600).toString(),
                "lastCheckResult",
                name.equals("m3") ? "exit status 1" : "exit status 0",
                "latencyMillis",
                12.5,
                "consecutiveFailures",
                name.equals("m3") ? 31 : 0);
        Map<String, Object> agent = Map.of(
                "node",
                name,
                "cluster",
                "prod",
                "version",
                version,
                "plane",
                "kernel",
                "uptimeMillis",
                5_400_000,
                "connectedPeers",
                NAMES.stream()
                        .filter(other -> !other.equals(name) && !silent.contains(other))
                        .toList(),
                "unreachableHosts",
                silent,
                "realTime",
                "SCHED_FIFO 50");
        return StatusJson.parse(Json.write(Map.of(
                "node",
                name,
                "version",
                version,
                "configHash",
                hash,
                "sampledAt",
                now.toString(),
                "agent",
                agent,
                "virtualRouters",
                List.of(router),
                "frontends",
                List.of(frontend),
                "checks",
                List.of(check))));
    }

    /** What a deployment of a changed file says before it begins. */
    static String intention() throws IOException {
        Plan plan = new Plan(
                List.of(
                        new Plan.NodePlan(
                                "m2",
                                List.of(
                                        "goes from release 0.0.9 to 0.1.0 (uploaded); its agent restarts",
                                        "its cluster file changes:",
                                        "  - cluster: old")),
                        new Plan.NodePlan("m1", List.of("goes from release 0.0.9 to 0.1.0; its agent restarts"))),
                List.of("connections through the proxy of m2 have timeouts.drain to end"));
        return StatusJson.mapper()
                .writeValueAsString(new Intention(
                        "0.1.0",
                        plan,
                        List.of("m3: warning: its clock is 2.1 s behind"),
                        "cluster: prod\nnodes:\n  - {name: m1, address: 10.0.0.1, priority: 110}\n",
                        List.of(new Intention.FileChange(
                                List.of("m1", "m2"), List.of("- cluster: old", "+ cluster: prod")))));
    }
}
