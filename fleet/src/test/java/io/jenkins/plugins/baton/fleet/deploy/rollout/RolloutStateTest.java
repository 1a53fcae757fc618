package io.jenkins.plugins.baton.fleet.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutStateTest {
    @Test
    void everyNodeIsNamedWithWhatIsOnIt() {
        assertThat(new RolloutState(List.of("m3"), "m2", List.of("m1")).sentence())
                .isEqualTo(
                        "m2 was in its turn: it puts itself back as soon as it notices that, within 20 s; m3 had had its "
                                + "turn and keeps the new release and cluster file; m1 had not had its turn and is as it was");
        assertThat(new RolloutState(List.of(), "", List.of("m3", "m2", "m1")).sentence())
                .isEqualTo("m3, m2, m1 had not had their turns and are as they were");
        assertThat(new RolloutState(List.of("m3", "m2", "m1"), "", List.of()).sentence())
                .isEqualTo("m3, m2, m1 had had their turns and keep the new release and cluster file");
    }
}
