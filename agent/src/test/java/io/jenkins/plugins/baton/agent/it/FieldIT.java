package io.jenkins.plugins.baton.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.field.FieldCase;
import io.jenkins.plugins.baton.lab.field.FieldGroup;
import io.jenkins.plugins.baton.lab.field.FieldGroups;
import io.jenkins.plugins.baton.lab.field.FieldRun;
import io.jenkins.plugins.baton.lab.field.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The short form of {@code make field}: a group is a test, because its cases share a testbed. */
class FieldIT {
    private final Programs programs =
            new Programs(new Agent(Path.of("target/baton-agent")), Path.of("../fleet/target/baton/bin/baton"));

    @TestFactory
    List<DynamicTest> whatTheFieldDoesToANodeDoesNotTakeTheAddressFromItsClients() {
        return FieldGroups.ofAgents().stream()
                .filter(group -> group.cases().stream().anyMatch(FieldCase::brief))
                .map(group -> DynamicTest.dynamicTest(
                        group.cases().get(0).what() + " ...",
                        () -> assertThat(troubles(group)).isEmpty()))
                .toList();
    }

    private List<String> troubles(FieldGroup<?> group) {
        List<String> troubles = new ArrayList<>();
        FieldRun run = new FieldRun(programs, (one, finding) -> {
            System.out.println("measured: " + one.what() + ", " + one.how() + ": " + finding);
            finding.trouble().ifPresent(trouble -> troubles.add(one.what() + ", " + one.how() + ": " + trouble));
        });
        run.run(List.of(group), FieldCase::brief);
        return troubles;
    }
}
