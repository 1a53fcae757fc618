package io.jenkins.plugins.baton.lab.bench.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.lab.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSizeTest {
    @Test
    void nodesComeBeforeFrontends() {
        assertThat(ClusterSize.of("5x10")).isEqualTo(new ClusterSize(5, 10)).hasToString("5 nodes, 10 frontends");
        assertThat(ClusterSize.of("3x1")).hasToString("3 nodes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2x1", "8x1", "3", "3x", "x10", "3x100", "3x0"})
    void anotherTextIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> ClusterSize.of(text))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("`" + text + "`")
                .hasMessageContaining("3x10");
    }
}
