package io.jenkins.plugins.baton.fleet.ssh;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is run on a node by {@code sh}, whatever shell the login has. The script goes there by the input of {@code sh}:
 * other users of the node do not see it in the process list.
 *
 * @param script a first line that is a comment is what messages call it
 * @param root whether it needs root
 * @param input its standard input; empty: nothing
 * @param timeout after it the command is given up and the channel closed
 * @param lines gets every line of both outputs as it comes, on a thread of the connection; the outcome of such a command
 *     may have only the beginning of its outputs
 */
public record Command(
        String script, boolean root, Optional<InputStream> input, Duration timeout, Consumer<String> lines) {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Consumer<String> NOBODY = line -> {};

    public static Command asUser(String script) {
        return new Command(script, false, Optional.empty(), USUAL, NOBODY);
    }

    public static Command asRoot(String script) {
        return new Command(script, true, Optional.empty(), USUAL, NOBODY);
    }

    public Command within(Duration limit) {
        return new Command(script, root, input, limit, lines);
    }

    public Command reading(InputStream stream) {
        return new Command(script, root, Optional.of(stream), timeout, lines);
    }

    public Command reading(String text) {
        return reading(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    public Command telling(Consumer<String> listener) {
        return new Command(script, root, input, timeout, listener);
    }

    /** Whether somebody hears the lines as they come. */
    boolean isHeard() {
        return lines != NOBODY;
    }

    /** A word for the shell, whatever is in it. */
    public static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
