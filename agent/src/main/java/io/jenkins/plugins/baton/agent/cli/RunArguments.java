package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.daemon.Daemon;
import io.jenkins.plugins.baton.agent.daemon.StartException;
import io.jenkins.plugins.baton.agent.management.control.RuntimeDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code run} is told.
 *
 * @param node empty: the node of the file that has an address of this machine
 */
record RunArguments(Path config, Optional<String> node, RuntimeDirectory runtime) {
    static final String COMMAND = "run";
    static final String CONFIG = "--config";
    static final String NODE = "--node";
    static final String RUNTIME_DIRECTORY = "--runtime-directory";
    private static final Set<String> OPTIONS = Set.of(CONFIG, NODE, RUNTIME_DIRECTORY);

    /**
     * Reads the form in which services are written: each option once, by its long name, its value as a word of its own. A daemon
     * keeps the classes that it has loaded once, and picocli with what it needs of the JDK is 2 MB of them
     * (docs/decisions/idle-memory.md).
     *
     * @return empty for every other form, right or wrong: picocli knows them all
     */
    static Optional<RunArguments> of(String[] arguments, Map<String, String> environment) {
        if (!isRun(arguments) || arguments.length % 2 == 0) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            String option = arguments[i];
            String value = arguments[i + 1];
            if (!OPTIONS.contains(option) || !isPlain(value) || values.put(option, value) != null) {
                return Optional.empty();
            }
        }
        Optional<Path> directory =
                Optional.ofNullable(values.get(RUNTIME_DIRECTORY)).map(Path::of);
        return Optional.ofNullable(values.get(CONFIG))
                .map(config -> new RunArguments(
                        Path.of(config),
                        Optional.ofNullable(values.get(NODE)),
                        RuntimeDirectory.locate(directory, environment)));
    }

    static boolean isRun(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals(COMMAND);
    }

    /** Nothing that means more to picocli than its characters: an option, quotes, variables. */
    private static boolean isPlain(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-+:,".indexOf(c) >= 0)
                && value.charAt(0) != '-';
    }

    /** Runs the agent until it is told to end; returns the exit code. */
    int run() throws StartException {
        return Daemon.run(config, node, runtime);
    }
}
