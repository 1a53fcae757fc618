package io.jenkins.plugins.baton.fleet.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.fleet.ssh.SshException;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private int attempts;
    private int rests;

    private String succeedAt(int attempt) throws SshException {
        attempts++;
        if (attempts < attempt) {
            throw new SshException("m1", "attempt " + attempts + " failed");
        }
        return "done";
    }

    @Test
    void theLastAttemptMaySucceed() throws Exception {
        assertThat(Attempts.of(() -> succeedAt(Attempts.MAX), () -> rests++)).isEqualTo("done");
        assertThat(rests).isEqualTo(Attempts.MAX - 1);
    }

    @Test
    void afterTheLastAttemptItsFailureIsTold() {
        assertThatThrownBy(() -> Attempts.of(() -> succeedAt(100), () -> rests++))
                .isInstanceOf(SshException.class)
                .hasMessageContaining("attempt " + Attempts.MAX + " failed");
        assertThat(rests).isEqualTo(Attempts.MAX - 1);
    }
}
