package io.jenkins.plugins.baton.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendFailuresTest {
    private final SendFailures failures = new SendFailures();

    @Test
    void oneFailureBetweenAdvertsThatGoOutIsBadLuck() {
        failures.sent();
        assertThat(failures.failed(false)).isFalse();
        failures.sent();
        assertThat(failures.failed(false)).isFalse();
    }

    @Test
    void secondFailureInARowMeansThatThisNodeCannotBeHeard() {
        failures.sent();
        assertThat(failures.failed(false)).isFalse();
        assertThat(failures.failed(false)).isTrue();
    }

    @Test
    void kernelThatIsShortOfSomethingIsGivenAsLongAsThePeersWait() {
        assertThat(failures.failed(true)).isFalse();
        assertThat(failures.failed(true)).isFalse();
        assertThat(failures.failed(true)).isTrue();
    }

    @Test
    void firstAdvertOfATermThatFailsIsReasonEnough() {
        failures.sent();
        failures.becameMaster();
        assertThat(failures.failed(false)).isTrue();
    }
}
