package io.jenkins.plugins.baton.fleet.masters;

import io.jenkins.plugins.baton.fleet.ssh.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A shell script among our resources, sent to a node's {@code sh} by its standard input. It runs as root. */
public final class Script {
    private Script() {}

    /**
     * @param owner the class beside which the resource lies
     * @param name the resource's file name
     * @param arguments become {@code $1} and so on
     */
    public static Command of(Class<?> owner, String name, List<String> arguments) {
        StringBuilder line = new StringBuilder("sh -s --");
        arguments.forEach(argument -> line.append(' ').append(Command.quote(argument)));
        return Command.asRoot(line.toString()).reading(text(owner, name));
    }

    private static String text(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read our own resource " + name, e);
        }
    }
}
