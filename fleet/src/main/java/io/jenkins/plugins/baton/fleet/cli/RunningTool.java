package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A graphical program that was started here. What it complains of is read, and told when it fails. */
final class RunningTool implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Progress progress;
    private final Thread reader;

    private volatile String lastComplaint = "";

    private RunningTool(String name, Process process, Progress progress) {
        this.name = name;
        this.process = process;
        this.progress = progress;
        this.reader = DaemonThread.of(name, this::readComplaints);
    }

    /**
     * @param command the program and its arguments
     * @throws IOException when it cannot be started
     */
    static RunningTool start(String name, ProcessBuilder command, Progress progress) throws IOException {
        Process process = command.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
        RunningTool tool = new RunningTool(name, process, progress);
        tool.reader.start();
        return tool;
    }

    /** Waits for its end. Returns whether a person closed it; when it failed, that is told. */
    boolean awaitClosed() throws InterruptedException {
        reader.join();
        int code = process.waitFor();
        if (code == 0) {
            return true;
        }
        progress.say(name + " ended with code " + code + (lastComplaint.isEmpty() ? "" : ": " + lastComplaint)
                + "; the address is still served, for another JMX client");
        return false;
    }

    private void readComplaints() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    lastComplaint = line.strip();
                }
            }
        } catch (IOException e) {
            lastComplaint = e.getMessage();
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
    }
}
