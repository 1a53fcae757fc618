package io.jenkins.plugins.baton.lab.systemd;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Makes a Debian root file system, and says how far it is: it has to fetch some 150 packages. */
final class Debootstrap {
    private static final long PROGRESS_INTERVAL_NANOS = 3_000_000_000L;

    private Debootstrap() {}

    /**
     * @param target made by this
     * @param progress hears a line every few seconds
     * @throws IllegalStateException with one sentence when it cannot be made
     */
    static void run(String suite, List<String> packages, Path target, Consumer<String> progress) throws IOException {
        Process process = new ProcessBuilder(
                        "debootstrap",
                        "--variant=minbase",
                        "--include=" + String.join(",", packages),
                        suite,
                        target.toString())
                .redirectErrorStream(true)
                .start();
        String complaint = "";
        try (BufferedReader output = process.inputReader()) {
            long next = System.nanoTime();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("E: ") || line.startsWith("W: Failure")) {
                    complaint = line.substring(3);
                } else if (line.startsWith("I: ") && System.nanoTime() >= next) {
                    progress.accept(line.substring(3));
                    next = System.nanoTime() + PROGRESS_INTERVAL_NANOS;
                }
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("no Debian tree could be made for the hosts: debootstrap says \""
                        + complaint + "\". Are the Debian mirrors reachable, and is there 1 GB free in "
                        + target.getParent() + "?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while debootstrap ran", e);
        } finally {
            process.destroy();
        }
    }
}
