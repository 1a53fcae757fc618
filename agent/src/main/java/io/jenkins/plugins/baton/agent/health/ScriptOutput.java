package io.jenkins.plugins.baton.agent.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Keeps the beginning of what a program writes and throws the rest away, so that the program never waits for us. */
final class ScriptOutput {
    private static final int KEPT_BYTES = 256;
    private static final long POLL_INTERVAL_MILLIS = 10;
    /** Reads in one look: 4 KB each, so that a program may write 25 MB a second and its end is seen all the same. */
    private static final int MAX_READS = 64;

    private static final int LAST_READS = 50;

    private final byte[] buffer = new byte[4096];
    private final byte[] kept = new byte[KEPT_BYTES];
    private int length;

    /**
     * Reads until the program has ended. Not until its output has: a child that it left behind may keep that open, and
     * would keep this thread and a file descriptor with it.
     */
    void drain(Process program) throws InterruptedException {
        try (InputStream stream = program.getInputStream()) {
            while (!program.waitFor(POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                readWhatIsThere(stream);
            }
            // The last words may still be on their way through a thread of the JDK.
            for (int i = 0; i < LAST_READS && length == 0; i++) {
                readWhatIsThere(stream);
                Thread.sleep(1);
            }
        } catch (IOException e) {
            // The program was killed, and its output with it.
        }
    }

    private void readWhatIsThere(InputStream stream) throws IOException {
        for (int i = 0; i < MAX_READS && stream.available() > 0; i++) {
            int read = stream.read(buffer, 0, Math.min(buffer.length, stream.available()));
            if (read < 0) {
                return;
            }
            keep(read);
        }
    }

    private void keep(int read) {
        int fits = Math.min(read, kept.length - length);
        System.arraycopy(buffer, 0, kept, length, fits);
        length += fits;
    }

    /** The first line, shortened, without control characters; empty when nothing was written. */
    String firstLine() {
        String text = new String(kept, 0, length, StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").replaceAll("(?U)\\p{Cntrl}", "?");
    }
}
