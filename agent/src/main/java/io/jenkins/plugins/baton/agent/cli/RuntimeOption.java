package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.control.RuntimeDirectory;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where socket and lock of the agent are. */
final class RuntimeOption {
    @Option(
            names = RunArguments.RUNTIME_DIRECTORY,
            paramLabel = "DIR",
            description = "Where the agent's socket and lock are. Default: $RUNTIME_DIRECTORY, else /run/baton.")
    private Path directory;

    RuntimeDirectory directory() {
        return RuntimeDirectory.locate(Optional.ofNullable(directory), System.getenv());
    }
}
