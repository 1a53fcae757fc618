package io.jenkins.plugins.baton.fleet.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;

/**
 * The records of {@code jmx.status} as JSON: what the agent wrote is read, and the same goes into reports. What a later
 * version says beside it is left out.
 */
public final class StatusJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS) // isUp() and its like are no components
            .addMixIn(RouterStatus.class, RouterKeys.class)
            .build();

    /** Where the JSON has a word that Java reserves. */
    private interface RouterKeys {
        @JsonProperty("interface")
        String interfaceName();
    }

    private StatusJson() {}

    /** Also for whatever has such records in it. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** @throws IllegalArgumentException when the text is not the status of an agent */
    public static NodeStatus parse(String json) {
        try {
            NodeStatus status = MAPPER.readValue(json, NodeStatus.class);
            if (status == null || status.node() == null) {
                throw new IllegalArgumentException("the agent's status has no node name: " + start(json));
            }
            return status;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the agent's status cannot be read: " + start(json), e);
        }
    }

    private static String start(String json) {
        String text = json.strip();
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
