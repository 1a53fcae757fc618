package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Waiting for a port without a program started for each look, which would take longer than what is waited for. */
final class Listening {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String STATE = "0A";

    private Listening() {}

    /** Returns when somebody listens on a TCP port in the daemon's namespace. */
    static void await(Daemon daemon, int port) {
        String suffix = ":%04X".formatted(port);
        Path table = Path.of("/proc", Long.toString(daemon.pid()), "net", "tcp");
        long begin = System.nanoTime();
        while (lines(table).stream().noneMatch(line -> listens(line, suffix))) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new LabException(daemon.name() + " does not listen on port " + port + ": " + daemon.log());
            }
            Thread.onSpinWait();
        }
    }

    private static boolean listens(String line, String suffix) {
        String[] fields = line.strip().split("\\s+");
        return fields.length > 3 && fields[1].endsWith(suffix) && fields[3].equals(STATE);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(); // it has not yet begun, or has ended: the log will tell
        }
    }
}
