package io.jenkins.plugins.baton.agent.management.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void isTheOperatorsOwnWords() {
        assertThat(Reason.of("kernel update")).isEqualTo("kernel update");
    }

    @Test
    void isSaidToBeMissing() {
        assertThat(Reason.of(null)).isEqualTo("no reason given");
        assertThat(Reason.of(" ")).isEqualTo("no reason given");
    }

    @Test
    void forgesNoLineOfTheLog() {
        assertThat(Reason.of("a\nERROR b\u001b[2J")).isEqualTo("a?ERROR b?[2J");
    }

    @Test
    void isNotALoad() {
        assertThat(Reason.of("x".repeat(1_000_000))).hasSize(200);
    }
}
