package io.jenkins.plugins.baton.lab.soak;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.LabProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Thousands of connections from one host, and what became of them. Safe for any thread. */
final class Crowd implements AutoCloseable {
    private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(5);

    /** Of one process of the crowd. */
    private static final int PART = 5_000;

    private static final int FIRST_PORT = 10_000;

    private final List<Part> parts = new ArrayList<>();
    private final int count;
    private final List<Loss> losses = new ArrayList<>();

    /** One process, and what it said last. */
    private static final class Part {
        private final Process process;
        private volatile int open;
        private volatile int failed;
        private volatile long echoes;

        Part(Process process) {
            this.process = process;
        }
    }

    private Crowd(int count) {
        this.count = count;
    }

    /** All connections are open when this returns. */
    static Crowd start(Host client, String address, int port, int count) {
        Crowd crowd = new Crowd(count);
        for (int begun = 0; begun < count; begun += PART) {
            crowd.add(client, address, port, Math.min(PART, count - begun));
        }
        crowd.awaitOpen();
        return crowd;
    }

    private void add(Host client, String address, int port, int part) {
        List<String> command = LabProgram.command(
                List.of("-XX:+UseSerialGC", "-Xmx256m"),
                CrowdMain.class,
                address,
                Integer.toString(port),
                Integer.toString(part),
                Integer.toString(FIRST_PORT + parts.size() * CrowdMain.PORTS));
        try {
            Part added = new Part(client.builder(command, Map.of())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            parts.add(added);
            Thread reader = new Thread(() -> read(added), "crowd");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new LabException("cannot start the crowd: " + e.getMessage(), e);
        }
    }

    /** Waits until those that broke are replaced. */
    void awaitOpen() {
        Await.until("all " + count + " connections are open", OPEN_TIMEOUT, () -> open() == count);
    }

    int open() {
        return parts.stream().mapToInt(part -> part.open).sum();
    }

    /** New connections that came to nothing. */
    int failed() {
        return parts.stream().mapToInt(part -> part.failed).sum();
    }

    /** Questions that were answered. */
    long echoes() {
        return parts.stream().mapToLong(part -> part.echoes).sum();
    }

    List<Loss> losses() {
        synchronized (losses) {
            return List.copyOf(losses);
        }
    }

    private void read(Part part) {
        try (BufferedReader lines = part.process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split("\t", -1);
                if (words[0].equals("open")) {
                    part.open = Integer.parseInt(words[1]);
                    part.failed = Integer.parseInt(words[2]);
                    part.echoes = Long.parseLong(words[3]);
                } else if (words[0].equals("lost")) {
                    synchronized (losses) {
                        losses.add(new Loss(System.nanoTime(), words[1], words[2], words[3]));
                    }
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    @Override
    public void close() {
        parts.forEach(part -> part.process.destroyForcibly());
    }
}
