package io.jenkins.plugins.baton.fleet.federation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.federation.NodeAgentMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeBackendMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeCheckMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeFrontendMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeVirtualRouterMXBean;
import io.jenkins.plugins.baton.jmx.federation.Sampled;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What one agent said at one moment.
 *
 * @param at when it came, by our {@link System#nanoTime}
 * @param beans each bean of the agent by its name there
 * @param change what changed just before
 */
record Sample(long at, NodeStatus status, Map<ObjectName, Bean> beans, Optional<Change> change) {

    /**
     * One bean.
     *
     * @param attributes by the keys of the JSON
     */
    record Bean(Class<? extends Sampled> contract, JsonNode attributes) {}

    /** @throws IllegalArgumentException when the text is not the status of an agent */
    static Sample parse(String json, long at) {
        NodeStatus status = StatusJson.parse(json);
        try {
            JsonNode tree = StatusJson.mapper().readTree(json);
            return new Sample(at, status, beans(tree), change(tree.path("change")));
        } catch (JsonProcessingException | MalformedObjectNameException e) {
            throw new IllegalArgumentException("the agent's status cannot be read", e);
        }
    }

    private static Map<ObjectName, Bean> beans(JsonNode tree) {
        Map<ObjectName, Bean> beans = new LinkedHashMap<>();
        beans.put(ObjectNames.agent(), new Bean(NodeAgentMXBean.class, tree.path("agent")));
        for (JsonNode router : tree.path("virtualRouters")) {
            beans.put(ObjectNames.virtualRouter(name(router)), new Bean(NodeVirtualRouterMXBean.class, router));
        }
        for (JsonNode frontend : tree.path("frontends")) {
            beans.put(ObjectNames.frontend(name(frontend)), new Bean(NodeFrontendMXBean.class, frontend));
            for (JsonNode backend : frontend.path("backends")) {
                beans.put(
                        ObjectNames.backend(name(frontend), name(backend)), new Bean(NodeBackendMXBean.class, backend));
            }
        }
        for (JsonNode check : tree.path("checks")) {
            beans.put(ObjectNames.check(name(check)), new Bean(NodeCheckMXBean.class, check));
        }
        return beans;
    }

    private static Optional<Change> change(JsonNode change) throws MalformedObjectNameException {
        if (!change.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Change(
                new ObjectName(change.path("bean").asText()),
                change.path("attribute").asText(),
                value(change.path("oldValue")),
                value(change.path("newValue")),
                change.path("reason").asText(),
                Instant.parse(change.path("at").asText())));
    }

    /** Of the attribute's own type, as far as attributes that tell their changes go. */
    private static Object value(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : ContractTypes.read(value, Object.class);
    }

    private static String name(JsonNode bean) {
        return bean.path("name").asText();
    }
}
