package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What one agent of the {@link Example} says; m1 holds the address unless it is said otherwise. */
final class Said {
    private final String node;
    private String state;
    private boolean suspended;
    private String hash = Example.cluster().hash();
    private final Map<String, String> healths = new LinkedHashMap<>();
    private final Map<String, Integer> sessions = new LinkedHashMap<>();

    private Said(String node) {
        this.node = node;
        this.state = node.equals("m1") ? "MASTER" : "BACKUP";
        Example.NODES.forEach(name -> healths.put(name, "UP"));
    }

    static Said by(String node) {
        return new Said(node);
    }

    Said state(String newState) {
        state = newState;
        return this;
    }

    Said suspended() {
        suspended = true;
        return this;
    }

    Said anotherFile() {
        hash = "abcdef";
        return this;
    }

    Said backend(String name, String health) {
        healths.put(name, health);
        return this;
    }

    Said sessions(String name, int count) {
        sessions.put(name, count);
        return this;
    }

    NodeStatus status() {
        String backends = healths.entrySet().stream()
                .map(one -> "{\"name\": \"%s\", \"frontend\": \"api\", \"health\": \"%s\", \"sessions\": %d}"
                        .formatted(one.getKey(), one.getValue(), sessions.getOrDefault(one.getKey(), 0)))
                .collect(Collectors.joining(", "));
        return StatusJson.parse("""
                {"node": "%s", "configHash": "%s",
                 "virtualRouters": [{"name": "vip", "state": "%s", "stateReason": "a test", "holder": "m1", "suspended": %s}],
                 "frontends": [{"name": "api", "backends": [%s]}], "checks": []}
                """.formatted(node, hash, state, suspended, backends));
    }
}
