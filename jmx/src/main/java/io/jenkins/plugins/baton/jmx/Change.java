package io.jenkins.plugins.baton.jmx;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.ObjectName;

/**
 * An attribute of an MBean changed.
 *
 * @param reason why, for a person
 */
public record Change(ObjectName bean, String attribute, Object oldValue, Object newValue, String reason, Instant at) {

    /** As {@code status --json --watch} shows it beside the snapshot. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bean", bean.toString());
        json.put("attribute", attribute);
        json.put("oldValue", oldValue);
        json.put("newValue", newValue);
        json.put("reason", reason);
        json.put("at", Timestamps.format(at));
        return json;
    }
}
