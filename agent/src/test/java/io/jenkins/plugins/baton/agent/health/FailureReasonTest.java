package io.jenkins.plugins.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this node lacks says nothing of the server. */
class FailureReasonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot run program \"/bin/check\": error=11, Resource temporarily unavailable",
                "Cannot run program \"/bin/check\" (in directory \"/\"): error=12, Cannot allocate memory",
                "Cannot run program \"/bin/check\": error=24, Too many open files",
                "error=0, Failed to exec spawn helper: pid: 4711, exit value: 1",
                "newSocketStream(..) failed: Too many open files in system",
                "connect(..) failed: Cannot assign requested address: /10.0.0.1:6443",
                "connect(..) failed: Resource temporarily unavailable",
            })
    void shortageOfThisNodeIsNotAnAnswer(String message) {
        assertThat(FailureReason.outcome(new IOException(message)).kind()).isEqualTo(Outcome.Kind.NOT_ASKED);
        assertThat(FailureReason.outcome(new IllegalArgumentException("no certificate", new IOException(message)))
                        .kind())
                .as("as a cause")
                .isEqualTo(Outcome.Kind.NOT_ASKED);
    }

    @Test
    void lackOfThreadsIsNotAnAnswer() {
        Throwable noThread = new OutOfMemoryError("unable to create native thread: possibly out of memory");
        assertThat(FailureReason.outcome(noThread).kind()).isEqualTo(Outcome.Kind.NOT_ASKED);
    }

    @Test
    void refusalIsAnAnswer() {
        assertThat(FailureReason.outcome(new ConnectException("finishConnect(..) failed: Connection refused: /::1"))
                        .kind())
                .isEqualTo(Outcome.Kind.FAILED);
    }
}
