package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.fleet.ssh.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A shell script among our resources, for a node's {@code sh}. It runs as root. */
public final class Script {
    /** Read once: later there may be nobody to read them from. */
    private static final Map<String, Optional<String>> TEXTS = new ConcurrentHashMap<>();

    private Script() {}

    /**
     * Its input is its own.
     *
     * @param beside the class beside which the resource lies
     * @param name the resource's file name
     * @param arguments become {@code $1} and so on
     */
    public static Command of(Class<?> beside, String name, List<String> arguments) {
        return Command.asRoot("# " + name + "\nset --" + words(arguments) + "\n" + text(beside, name));
    }

    private static String words(List<String> arguments) {
        return arguments.stream().map(argument -> " " + Command.quote(argument)).collect(Collectors.joining());
    }

    private static String text(Class<?> beside, String name) {
        return find(beside, name)
                .orElseThrow(() -> new IllegalStateException("our own resource " + name + " is missing"));
    }

    /**
     * The text of a script among our resources; empty when there is none of that name.
     *
     * @param name beside the class, or from the root where it begins with a slash
     */
    public static Optional<String> find(Class<?> beside, String name) {
        String path =
                name.startsWith("/") ? name : "/" + beside.getPackageName().replace('.', '/') + "/" + name;
        return TEXTS.computeIfAbsent(path, Script::read);
    }

    private static Optional<String> read(String path) {
        try (InputStream stream = Script.class.getResourceAsStream(path)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read our own resource " + path, e);
        }
    }
}
