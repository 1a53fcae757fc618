package io.jenkins.plugins.baton.lab.jenkins;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of one {@link JenkinsTrial}: its own, and what its pipelines left. They are known by their commands and
 * their current directories, which name its directory.
 */
final class JenkinsProcesses {
    private static final Path NOTHING = Path.of("/dev/null");
    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final Path home;
    private final Path door;

    /** @param folder of the trial */
    JenkinsProcesses(Path folder) {
        this.home = folder.resolve("home");
        this.door = folder.resolve("door");
    }

    /**
     * Starts a process that outlives this one.
     *
     * @param before the words before those of the account
     */
    Process start(Account account, List<String> before, List<String> command, Path log) throws IOException {
        List<String> words = new ArrayList<>(before);
        words.addAll(account.prefix());
        words.addAll(command);
        return new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectInput(NOTHING.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    boolean areRunning() {
        return !running().isEmpty();
    }

    /** Asks them to end, and kills those that do not. */
    void end() throws InterruptedException {
        long deadline = System.nanoTime() + END_TIMEOUT.toNanos();
        running().forEach(ProcessHandle::destroy);
        while (areRunning() && System.nanoTime() < deadline) {
            Thread.sleep(POLL_INTERVAL.toMillis());
        }
        while (areRunning()) {
            running().forEach(ProcessHandle::destroyForcibly);
            Thread.sleep(POLL_INTERVAL.toMillis());
        }
    }

    private List<ProcessHandle> running() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    private boolean isOurs(ProcessHandle process) {
        Path about = Path.of("/proc", String.valueOf(process.pid()));
        try {
            String command = Files.readString(about.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return command.contains(home + "/")
                    || command.contains(door + "/")
                    || Files.readSymbolicLink(about.resolve("cwd")).startsWith(home);
        } catch (IOException e) {
            // It has ended.
            return false;
        }
    }
}
