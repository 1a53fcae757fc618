package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that stays: its process and its children, its log, and what can befall it. */
public final class Daemon implements AutoCloseable {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(40);

    private final String name;
    private final Process process;
    private final Path log;

    Daemon(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    /** The ids of its process and its children. */
    public List<Long> pids() {
        return family().map(ProcessHandle::pid).toList();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote to standard output and standard error up to now. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a text in the log. */
    public Daemon awaitLog(String text, Duration limit) {
        Await.until(name + " logs \"" + text + "\"", limit, () -> log().contains(text));
        return this;
    }

    /** Waits until somebody listens on a TCP port of the host; an early end of this program is an error. */
    public Daemon awaitPort(Host host, int port) {
        Await.until(name + " listens on port " + port, AWAIT_TIMEOUT, () -> {
            if (!isAlive()) {
                throw new LabException(name + " ended at its start with status " + process.exitValue() + ": " + log());
            }
            return !host.run("ss", "-Hltn", "sport = :" + port).output().isBlank();
        });
        return this;
    }

    /** SIGTERM, as systemd stops a service; returns its exit status. */
    public int stop() {
        process.destroy();
        return awaitEnd(AWAIT_TIMEOUT);
    }

    /** SIGTERM, without waiting for what comes of it. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL to it and all its children: no exit path of theirs runs. */
    public void kill() {
        family().forEach(ProcessHandle::destroyForcibly);
        awaitEnd(AWAIT_TIMEOUT);
    }

    /** SIGSTOP: it lives, and does nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    /** SIGHUP. */
    public void reload() {
        Command.run("kill", "-HUP", Long.toString(process.pid())).orThrow();
    }

    /** Waits until it has ended by itself; returns its exit status. */
    public int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException(
                        name + " (process " + pid() + ") did not end within " + limit.toSeconds() + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for the end of " + name, e);
        }
    }

    /** Ends it by force when it still runs, frozen or not. */
    @Override
    public void close() {
        family().forEach(ProcessHandle::destroyForcibly);
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        family().forEach(p -> command.add(Long.toString(p.pid())));
        Command.run(command, "").orThrow();
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }
}
