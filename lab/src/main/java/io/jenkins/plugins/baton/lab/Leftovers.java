package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes labs: this JVM's own at its end, and those of JVMs that were killed. */
final class Leftovers {
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Pattern NAME = Pattern.compile(Pattern.quote(Lab.PREFIX) + "(\\d+)-.*");

    private Leftovers() {}

    /** Removes every lab whose JVM no longer exists. */
    static void sweep() {
        remove(orphans(NAMESPACES).map(p -> p.getFileName().toString()).toList());
        orphans(Path.of(System.getProperty("java.io.tmpdir"))).forEach(Lab::delete);
    }

    /** Ends the processes in the named namespaces, then removes these; those that do not exist are passed over. */
    static void remove(List<String> namespaces) {
        for (String namespace : namespaces) {
            if (Files.exists(NAMESPACES.resolve(namespace))) {
                Command.run("ip", "netns", "pids", namespace)
                        .output()
                        .lines()
                        .map(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                        .forEach(process -> process.ifPresent(ProcessHandle::destroyForcibly));
                Command.run("ip", "netns", "delete", namespace);
            }
        }
    }

    private static Stream<Path> orphans(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Leftovers::isOrphan).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOrphan(Path entry) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }
}
