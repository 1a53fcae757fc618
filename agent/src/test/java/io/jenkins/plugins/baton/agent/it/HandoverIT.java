package io.jenkins.plugins.baton.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.trial.Bed;
import io.jenkins.plugins.baton.lab.trial.Result;
import io.jenkins.plugins.baton.lab.trial.Setting;
import io.jenkins.plugins.baton.lab.trial.Setting.Plane;
import io.jenkins.plugins.baton.lab.trial.Trial;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trials of {@code make faults}, briefly: what clients notice, but not how long it took a busy machine. */
class HandoverIT {
    /** Most of what can go wrong goes wrong at once; the way round three nodes takes three moves. */
    private static final int ROUNDS = Integer.getInteger("baton.rounds", 1);

    /**
     * No stall of a busy machine is taken for a death, and a takeover without warning is over within two seconds: TCP
     * repeats what was lost 3 s after it, the client's patience ends after 4.
     */
    private static final String UNHURRIED = "500ms";

    @ParameterizedTest
    @CsvSource({"KERNEL, false", "KERNEL, true", "PROXY, false", "PROXY, true"})
    void clientsLoseNothing(Plane plane, boolean ipv6) {
        Setting setting = new Setting(plane, ipv6, UNHURRIED);
        List<Trial> trials =
                Arrays.stream(Trial.values()).filter(trial -> trial.isFor(setting)).toList();
        assertThat(trials).contains(Trial.PLANNED_MOVES, Trial.STOP, Trial.PREEMPTION);
        try (Bed bed = new Bed(new Agent(Path.of("target/baton-agent")), setting)) {
            for (Trial trial : trials) {
                Result result = trial.run(bed, ROUNDS);
                System.out.println("measured: " + setting + ", " + trial.title() + ": " + result);
                if (!result.isUnharmed()) {
                    System.out.println(bed.logs());
                }
                assertThat(result.isUnharmed())
                        .as("%s, %s: %s", setting, trial.title(), result)
                        .isTrue();
            }
        }
    }
}
