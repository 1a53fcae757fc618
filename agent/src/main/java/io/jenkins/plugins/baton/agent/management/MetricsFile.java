package io.jenkins.plugins.baton.agent.management;

import io.jenkins.plugins.baton.jmx.metrics.MetricsText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the metrics to a file again and again, for node_exporter's textfile collector. It has a thread of its own: a disk
 * that hangs must hold up nothing else.
 */
public final class MetricsFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private final MetricsText metrics;
    private final Supplier<Optional<Path>> path;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "baton-metrics");
        thread.setDaemon(true);
        return thread;
    });
    /** Belongs to the clock's thread, as the next one. */
    private Optional<Path> written = Optional.empty();

    private String complaint = "";

    private MetricsFile(MBeanServer server, Supplier<Optional<Path>> path) {
        this.metrics = new MetricsText(server);
        this.path = path;
    }

    /** @param path where to, as of now; empty: nowhere */
    public static MetricsFile start(MBeanServer server, Supplier<Optional<Path>> path) {
        return start(server, path, INTERVAL);
    }

    static MetricsFile start(MBeanServer server, Supplier<Optional<Path>> path, Duration interval) {
        MetricsFile file = new MetricsFile(server, path);
        file.clock.scheduleWithFixedDelay(file::write, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return file;
    }

    /** Throws nothing, not even an error: the clock would forget it without a word, and the file would grow old. */
    private void write() {
        Optional<Path> wanted = Optional.empty();
        try {
            wanted = path.get();
            if (!wanted.equals(written)) {
                remove();
            }
            if (wanted.isPresent()) {
                replace(wanted.get(), metrics.take());
                written = wanted;
            }
            complaint = "";
        } catch (IOException e) {
            complain("Cannot write the metrics to " + wanted.map(Path::toString).orElse("a file") + ": " + e
                    + "; the folder must exist, and the agent's user must be allowed to write there");
        } catch (RuntimeException | Error e) {
            complain("Cannot write the metrics this time: " + e);
        }
    }

    private void complain(String sentence) {
        if (!sentence.equals(complaint)) {
            LOG.warn("{}", sentence);
        }
        complaint = sentence;
    }

    /** A reader sees the old file or the new one, never a part. */
    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.writeString(fresh, text);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** What an ended agent said last would be taken for the present. */
    private void remove() throws IOException {
        if (written.isPresent()) {
            Files.deleteIfExists(written.get());
            written = Optional.empty();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            if (clock.awaitTermination(1, TimeUnit.SECONDS)) {
                remove();
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove the metrics: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
