package io.jenkins.plugins.baton.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.management.control.RuntimeDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunArgumentsTest {
    @Test
    void theServicesCommandLineIsRead() {
        assertThat(read("run --config /etc/baton/cluster.yaml"))
                .contains(new RunArguments(
                        Path.of("/etc/baton/cluster.yaml"),
                        Optional.empty(),
                        new RuntimeDirectory(Path.of("/run/service"))));
    }

    @Test
    void optionsAreReadInAnyOrder() {
        assertThat(read("run --node m1 --runtime-directory /tmp/x-1 --config cluster.yaml"))
                .contains(new RunArguments(
                        Path.of("cluster.yaml"), Optional.of("m1"), new RuntimeDirectory(Path.of("/tmp/x-1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check cluster.yaml",
                "run",
                "run --help",
                "run --node m1",
                "run --config",
                "run --config=cluster.yaml",
                "run -c cluster.yaml",
                "run --config --node",
                "run --config @arguments",
                "run --config 'cluster.yaml'",
                "run --config ${HOME}",
                "run --config a --config b",
                "run --config a --unknown b",
                "--config a run b"
            })
    void everyOtherFormIsForPicocli(String words) {
        assertThat(read(words)).isEmpty();
    }

    private static Optional<RunArguments> read(String words) {
        return RunArguments.of(words.split(" "), Map.of("RUNTIME_DIRECTORY", "/run/service"));
    }
}
