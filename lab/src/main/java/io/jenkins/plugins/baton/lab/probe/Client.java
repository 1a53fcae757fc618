package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.LabProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A client on a host of the lab that asks without pause, and the record of what it saw. Safe for several threads. */
public final class Client implements AutoCloseable {
    /** A JVM that starts on a machine with many times the work that it can do. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    /** Longer than any connect takes. */
    private static final Duration COMPLETE_TIMEOUT = Duration.ofSeconds(30);

    private final Process process;
    private final History history = new History();
    private volatile boolean closed;

    private Client(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "client");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a client on a host of the lab; see below. */
    public static Client start(Host host, String address, int port, Duration interval, int sessions, Duration limit) {
        return start(command -> host.builder(command, Map.of()), address, port, interval, sessions, limit);
    }

    /**
     * Starts a client; it is at work when this returns.
     *
     * @param place where a program runs
     * @param address whom it asks
     * @param port on which port
     * @param interval between two new connections, at least a millisecond
     * @param sessions number of long-lived connections besides, at most 500
     * @param limit when it ends by itself
     */
    public static Client start(
            Function<List<String>, ProcessBuilder> place,
            String address,
            int port,
            Duration interval,
            int sessions,
            Duration limit) {
        List<String> command = LabProgram.command(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"),
                ProbeMain.class,
                address,
                Integer.toString(port),
                Long.toString(interval.toMillis()),
                Integer.toString(sessions),
                Long.toString(limit.toSeconds()));
        try {
            Client client = new Client(place.apply(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            Await.until("the client of " + address + " has begun", START_TIMEOUT, client::hasBegun);
            return client;
        } catch (IOException e) {
            throw new LabException("cannot start the client of " + address + ": " + e.getMessage(), e);
        }
    }

    /**
     * What it saw between two times on the clock of {@link System#nanoTime}. Waits until every connect that began then has
     * ended: of one that still waits nobody knows yet whether it is answered.
     */
    public Impact between(long from, long to) {
        Await.until("the connects that have begun have ended", COMPLETE_TIMEOUT, () -> history.isComplete(to));
        return history.between(from, to);
    }

    /** What it has seen since the given time; waits as {@link #between} does. */
    public Impact since(long from) {
        return between(from, System.nanoTime());
    }

    /** What is known now of what it has seen since the given time, for one who watches. */
    public Impact knownSince(long from) {
        return history.between(from, System.nanoTime());
    }

    /** Waits until, from now on, new connections are answered, and none fails, for the given time. */
    public void awaitQuiet(Duration quiet, Duration limit) {
        long begin = System.nanoTime();
        Duration pause = quiet.dividedBy(2);
        Await.until("the client is served without a failure for " + quiet.toMillis() + " ms", limit, () -> {
            long now = System.nanoTime();
            long quietSince = now - quiet.toNanos();
            return quietSince - begin > 0
                    && history.between(quietSince, now).failed() == 0
                    && history.longestPause(quietSince, now).compareTo(pause) < 0;
        });
    }

    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
    }

    private boolean hasBegun() {
        if (!process.isAlive()) {
            throw new LabException("the client ended at its start with status " + process.exitValue());
        }
        return !history.isEmpty();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                history.add(Observation.ofLine(line));
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
