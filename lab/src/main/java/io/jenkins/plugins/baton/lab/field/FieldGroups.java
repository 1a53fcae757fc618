package io.jenkins.plugins.baton.lab.field;

import java.util.List;

/** All groups, in the order of the table. */
public final class FieldGroups {
    private FieldGroups() {}

    /** Those that need the agent alone, on hosts that are network namespaces. */
    public static List<FieldGroup<?>> ofAgents() {
        return List.of(LocalUserCases.group());
    }

    /** Those that need the operator's program, on hosts with systemd. */
    public static List<FieldGroup<?>> ofFleets() {
        return List.of(UnlikeHosts.group());
    }
}
