package io.jenkins.plugins.baton.fleet.status;

import java.util.Locale;

/** When the nodes were looked at. */
public enum Stage {
    BEFORE,
    DURING,
    AFTER,
    /** By a command that changes nothing. */
    NOW;

    /** As reports have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
