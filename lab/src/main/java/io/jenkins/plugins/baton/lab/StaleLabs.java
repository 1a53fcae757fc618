package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes labs: this JVM's own at its end, and those of JVMs that were killed. */
final class StaleLabs {
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Path LOCK = Path.of("/run/baton-labs.lock");
    private static final Pattern NAME = Pattern.compile(Pattern.quote(Lab.PREFIX) + "(\\d+)-.*");

    private StaleLabs() {}

    /** Removes every lab whose JVM no longer exists. Two JVMs that sweep would find what the other one is removing. */
    static void sweep() {
        try {
            MachineLock.during(LOCK, () -> {
                entries(NAMESPACES).filter(StaleLabs::isOrphan).forEach(StaleLabs::remove);
                entries(TEMPORARY).filter(StaleLabs::isOrphan).forEach(Lab::delete);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the namespaces of a lab, however far it was built, and ends the processes in them. */
    static void remove(String lab) {
        entries(NAMESPACES)
                .filter(namespace -> namespace.getFileName().toString().startsWith(lab + "-"))
                .forEach(StaleLabs::remove);
    }

    private static void remove(Path namespace) {
        String name = namespace.getFileName().toString();
        Command.run("ip", "netns", "pids", name)
                .output()
                .lines()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                .forEach(process -> process.ifPresent(ProcessHandle::destroyForcibly));
        Command.run("ip", "netns", "delete", name);
    }

    private static Stream<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOrphan(Path entry) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }
}
