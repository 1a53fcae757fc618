package io.jenkins.plugins.baton.agent.simulation;

import org.junit.jupiter.api.Test;

/**
 * All faults in one world, for {@code make simulate} and for who reads the stories. Two failures at once may cost what no
 * guarantee keeps, so that not every story that it tells is one of a mistake; the build does not run it.
 */
class ChaosSimulation {
    @Test
    void whateverHappensTheInvariantsHold() {
        NodeSimulationTest.run("whateverHappensTheInvariantsHold", Files::any, Fault.values());
    }
}
