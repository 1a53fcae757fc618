package io.jenkins.plugins.baton.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.experiment.Fault;
import io.jenkins.plugins.baton.lab.experiment.FaultRun;
import io.jenkins.plugins.baton.lab.experiment.FaultRun.Outcome;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults of the demo, and what must hold after each. */
class FaultsIT {
    private static final int ROUNDS = Math.max(1, Integer.getInteger("baton.rounds", 1) / 4);
    private static final int SESSIONS = 20;
    /** Slower than the default: a busy machine that stands still for a moment must not decide a test. */
    private static final Variant UNHURRIED = new Variant(Plane.KERNEL, false, "1s");

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void aFaultIsSurvivedAndWhenItIsPutRightAllIsAsBefore(Fault fault) {
        try (AgentTestbed testbed = new AgentTestbed(new Agent(Path.of("target/baton-agent")), UNHURRIED);
                Client client = testbed.client(SESSIONS)) {
            try {
                for (int round = 1; round <= ROUNDS; round++) {
                    isSurvived(fault, testbed, client);
                }
            } catch (RuntimeException | AssertionError e) {
                System.out.println("Logs of " + fault + ":\n" + testbed.logs());
                throw e;
            }
        }
    }

    private static void isSurvived(Fault fault, AgentTestbed testbed, Client client) {
        Host home = testbed.home();
        FaultRun run = FaultRun.begin(testbed, client, fault);
        Outcome outcome = run.observe();

        if (fault.movesVip()) {
            assertThat(outcome.takeover())
                    .hasValueSatisfying(takeover -> assertThat(takeover.by()).isEqualTo(testbed.after(home)));
        } else {
            assertThat(outcome.takeover()).isEmpty();
        }
        if (fault.movesVip() && fault != Fault.PARTITION) {
            assertThat(outcome.vipOffVictim()).isPresent();
        }
        run.revert();
        assertThat(testbed.vip().holders()).containsExactly(home);
    }
}
