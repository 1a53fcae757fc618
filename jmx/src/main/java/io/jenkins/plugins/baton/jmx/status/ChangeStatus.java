package io.jenkins.plugins.baton.jmx.status;

import io.jenkins.plugins.baton.jmx.ObjectNames;
import java.util.Set;

/**
 * What changed just before a status was taken, see {@link io.jenkins.plugins.baton.jmx.Change}.
 *
 * @param bean the MBean's object name
 */
public record ChangeStatus(String bean, String attribute, String oldValue, String newValue, String reason, String at) {
    private static final Set<String> NEWS = Set.of("State", "Health", "Result", "Holder");

    /** Whether a person wants to read it in a timeline. */
    public boolean isNews() {
        return NEWS.contains(attribute);
    }

    public String sentence() {
        return ObjectNames.shown(bean) + ": " + attribute + " " + oldValue + " -> " + newValue
                + (reason == null || reason.isBlank() ? "" : " (" + reason + ")");
    }
}
