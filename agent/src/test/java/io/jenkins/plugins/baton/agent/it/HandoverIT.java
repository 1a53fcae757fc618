package io.jenkins.plugins.baton.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.experiment.Experiment;
import io.jenkins.plugins.baton.lab.experiment.Result;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The experiments of {@code make faults}, briefly: what clients notice, but not how long it took a busy machine. */
class HandoverIT {
    /** Most of what can go wrong goes wrong at once; the way round three nodes takes three moves. */
    private static final int ROUNDS = Integer.getInteger("baton.rounds", 1);

    /**
     * No stall of a busy machine is taken for a death, and a takeover without warning is over within two seconds: TCP
     * repeats what was lost 3 s after it, the client's timeout ends after 4.
     */
    private static final String UNHURRIED = "500ms";

    @ParameterizedTest
    @CsvSource({"KERNEL, false", "KERNEL, true", "PROXY, false", "PROXY, true"})
    void clientsLoseNothing(Plane plane, boolean ipv6) {
        Variant variant = new Variant(plane, ipv6, UNHURRIED);
        List<Experiment> experiments = Arrays.stream(Experiment.values())
                .filter(experiment -> experiment.isFor(variant))
                .toList();
        assertThat(experiments).contains(Experiment.PLANNED_MOVES, Experiment.STOP, Experiment.PREEMPTION);
        try (AgentTestbed testbed = new AgentTestbed(new Agent(Path.of("target/baton-agent")), variant)) {
            for (Experiment experiment : experiments) {
                Result result = experiment.run(testbed, ROUNDS);
                System.out.println("measured: " + variant + ", " + experiment.title() + ": " + result);
                if (!result.isUnharmed()) {
                    System.out.println(testbed.logs());
                }
                assertThat(result.isUnharmed())
                        .as("%s, %s: %s", variant, experiment.title(), result)
                        .isTrue();
            }
        }
    }
}
