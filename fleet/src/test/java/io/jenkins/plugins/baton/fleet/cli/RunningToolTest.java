package io.jenkins.plugins.baton.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningToolTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private RunningTool start(String script) throws Exception {
        return RunningTool.start("visualvm", new ProcessBuilder("sh", "-c", script), (node, line) -> said.add(line));
    }

    @Test
    void whatEndsAProgramAtOnceIsTold() throws Exception {
        try (RunningTool tool = start("echo 'Please use the default-jdk.' >&2; echo >&2; exit 1")) {
            assertThat(tool.awaitClosed()).isFalse();
        }
        assertThat(said)
                .containsExactly("visualvm ended with code 1: Please use the default-jdk.; the address is still served,"
                        + " for another JMX client");
    }

    @Test
    void aProgramThatAPersonClosesIsNoFailureHoweverMuchItComplained() throws Exception {
        try (RunningTool tool = start("seq 100000 >&2")) {
            assertThat(tool.awaitClosed()).isTrue();
        }
        assertThat(said).isEmpty();
    }
}
