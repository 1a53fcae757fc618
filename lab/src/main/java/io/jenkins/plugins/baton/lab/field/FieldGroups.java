package io.jenkins.plugins.baton.lab.field;

import java.util.List;
import java.util.stream.Stream;

/** All groups, in the order of the table. */
public final class FieldGroups {
    private FieldGroups() {}

    /** Those that need the agent alone, on hosts that are network namespaces. */
    public static List<FieldGroup<?>> ofAgents() {
        List<FieldGroup<?>> others = List.of(StrangerCases.group(), LocalUserCases.group(), PlaneCases.group());
        return Stream.of(NetworkCases.groups(), others)
                .<FieldGroup<?>>flatMap(List::stream)
                .toList();
    }

    /** Those that need the operator's program, on hosts with systemd. */
    public static List<FieldGroup<?>> ofFleets() {
        return List.of(
                new FieldGroup<>(SystemdHosts::alike, both(FirewallCases.cases(), DeploymentCases.cases())),
                new FieldGroup<>(SystemdHosts::unlike, both(LoginCases.cases(), HostCases.cases())));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
