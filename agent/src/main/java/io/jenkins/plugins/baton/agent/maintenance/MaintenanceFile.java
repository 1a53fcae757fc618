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
        return text().flatMap(Maintenance::parse).filter(maintenance -> !maintenance.isOver(clock.instant()));
    }

    private Optional<String> text() {
        if (!path.toFile().exists()) { // asked some times a second: an exception for the usual answer would cost more
            return Optional.empty();
        }
        try (var stream = Files.newInputStream(path)) {
            return Optional.of(new String(stream.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LOG.warn("Cannot read {}: {}; the maintenance in it is not heeded", path, e.toString());
            }
            return Optional.empty();
        }
    }
}
