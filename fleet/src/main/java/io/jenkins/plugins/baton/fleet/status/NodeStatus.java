package io.jenkins.plugins.baton.fleet.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@code baton-agent status --json} that decisions and reports need; the rest is left out. Instants are
 * ISO 8601 by the node's clock.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeStatus(
        String node,
        String version,
        String configHash,
        String sampledAt,
        List<RouterStatus> virtualRouters,
        List<FrontendStatus> frontends,
        List<CheckStatus> checks,
        ChangeStatus change) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** One virtual router as this node sees it. */
    public record RouterStatus(
            String name,
            String state,
            String stateSince,
            String stateReason,
            int priority,
            int effectivePriority,
            String holder,
            long transitions,
            List<ConflictStatus> conflicts,
            List<String> unheardMasters) {
        public RouterStatus {
            conflicts = orNone(conflicts);
            unheardMasters = orNone(unheardMasters);
        }

        @JsonIgnore
        public boolean isMaster() {
            return state.equals("MASTER");
        }
    }

    /** Somebody else on the segment uses what is a virtual router's; {@code message} says it in a sentence. */
    public record ConflictStatus(
            String kind,
            String source,
            String mac,
            int virtualRouterId,
            List<String> addresses,
            String since,
            long count,
            String message) {
        public ConflictStatus {
            addresses = orNone(addresses);
        }
    }

    public record FrontendStatus(
            String name, String bind, String plane, String planeReason, long sessions, List<BackendStatus> backends) {
        public FrontendStatus {
            backends = orNone(backends);
        }
    }

    public record BackendStatus(
            String name, String address, String health, int weight, long sessions, String lastCheckResult) {
        @JsonIgnore
        public boolean isUp() {
            return health.equals("UP");
        }
    }

    public record CheckStatus(String name, String result, String lastCheckResult) {}

    /**
     * What changed just before this status was taken; only in the lines of {@code --watch}, else null.
     *
     * @param bean the MBean's object name
     * @param at by the node's clock
     */
    public record ChangeStatus(
            String bean, String attribute, String oldValue, String newValue, String reason, String at) {
        /** Whether a person wants to read it in a timeline. */
        @JsonIgnore
        public boolean isNews() {
            return List.of("State", "Health", "Result", "Holder").contains(attribute);
        }

        public String sentence() {
            String name = bean.replaceAll(".*name=\"?([^,\"]*).*", "$1");
            return name + ": " + attribute + " " + oldValue + " -> " + newValue
                    + (reason == null || reason.isBlank() ? "" : " (" + reason + ")");
        }
    }

    public NodeStatus {
        virtualRouters = orNone(virtualRouters);
        frontends = orNone(frontends);
        checks = orNone(checks);
    }

    /** @throws IllegalArgumentException when the text is not the status of an agent */
    public static NodeStatus parse(String json) {
        try {
            NodeStatus status = JSON.readValue(json, NodeStatus.class);
            if (status == null || status.node() == null) {
                throw new IllegalArgumentException("the agent's status has no node name: " + start(json));
            }
            return status;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the agent's status is not JSON: " + start(json), e);
        }
    }

    private static String start(String json) {
        String text = json.strip();
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    public Optional<RouterStatus> router(String name) {
        return virtualRouters.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    public Optional<FrontendStatus> frontend(String name) {
        return frontends.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
