package io.jenkins.plugins.baton.agent.maintenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an operator's program writes that a node is in maintenance: on the disk of every node, so that it holds over a
 * restart of an agent and a reboot of a machine. Any thread.
 */
public final class MaintenanceFile {
    /** Only root can write there. */
    public static final Path PATH = Path.of("/var/lib/baton/maintenance");

    private static final Logger LOG = LoggerFactory.getLogger("maintenance");
    private static final int MAX_BYTES = 4096;

    private final Path path;
    private final Clock clock;
    private volatile boolean complained;

    public MaintenanceFile(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    /** What is in force now; empty also when the file is missing, is over, or cannot be read. */
    public Optional<Maintenance> inForce() {
        return inForce(Optional.empty());
    }

    /** @param known what is in force as long as the file cannot be read and its time is not over */
    Optional<Maintenance> inForce(Optional<Maintenance> known) {
        Optional<Maintenance> read;
        try {
            read = text().flatMap(Maintenance::parse);
            complained = false;
        } catch (IOException e) {
            complain(e, known.isPresent());
            read = known;
        }
        return read.filter(maintenance -> !maintenance.isOver(clock.instant()));
    }

    private void complain(IOException e, boolean known) {
        if (!complained) {
            complained = true;
            LOG.warn(
                    "Cannot read {}: {}; {}",
                    path,
                    e.toString(),
                    known ? "the maintenance goes on until its time is over" : "the maintenance in it is not heeded");
        }
    }

    private Optional<String> text() throws IOException {
        if (!path.toFile().exists()) { // asked some times a second: an exception for the usual answer would cost more
            return Optional.empty();
        }
        try (var stream = Files.newInputStream(path)) {
            return Optional.of(new String(stream.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
