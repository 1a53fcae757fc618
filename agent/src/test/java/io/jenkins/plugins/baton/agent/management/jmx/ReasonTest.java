package io.jenkins.plugins.baton.agent.management.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.connector.Caller;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void aReasonNamesWhoAskedAndByWhichWay() throws Exception {
        Caller caller = new Caller("root for alice", "with `operate`");

        assertThat(caller.<String>carryOut(() -> Reason.of("the disk\nis slow")))
                .startsWith("the disk")
                .doesNotContain("\n")
                .endsWith("(asked by root for alice with `operate`)");
        assertThat(caller.<String>carryOut(() -> Reason.of(" ")))
                .isEqualTo("no reason given (asked by root for alice with `operate`)");
    }

    @Test
    void ofNobodyElseThereIsTheReasonAlone() {
        assertThat(Reason.of("the disk is slow")).isEqualTo("the disk is slow");
    }
}
