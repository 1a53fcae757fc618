package io.jenkins.plugins.baton.agent.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a program writes and throws the rest away, so that the program never waits for us. */
final class ScriptOutput {
    private static final int KEPT_BYTES = 256;

    private final byte[] kept = new byte[KEPT_BYTES];
    private int length;

    /** Reads until the end, or until the stream is closed. */
    void drain(InputStream stream) {
        byte[] buffer = new byte[4096];
        try (stream) {
            for (int read; (read = stream.read(buffer)) >= 0; ) {
                keep(buffer, read);
            }
        } catch (IOException e) {
            // The program was killed, and its output with it.
        }
    }

    private synchronized void keep(byte[] buffer, int read) {
        int fits = Math.min(read, kept.length - length);
        System.arraycopy(buffer, 0, kept, length, fits);
        length += fits;
    }

    /** The first line, shortened, without control characters; empty when nothing was written. */
    synchronized String firstLine() {
        String text = new String(kept, 0, length, StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    }
}
