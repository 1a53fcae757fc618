package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartExceptionTest {

    @Test
    void whatWasNotDoneInTimeIsASentence() {
        StartException late = StartException.late("the routers have not begun", Duration.ofSeconds(10));

        assertThat(late).hasMessage("the routers have not begun within 10 s; try again when this machine is less busy");
        assertThat(late.exitCode()).isEqualTo(ExitCode.FAILED);
    }
}
