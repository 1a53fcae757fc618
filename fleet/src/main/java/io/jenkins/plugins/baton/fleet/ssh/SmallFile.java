package io.jenkins.plugins.baton.fleet.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of which somebody else chose the name: it may be a folder, a device or far too large. */
public final class SmallFile {
    /** No key, password or list of host keys is larger. */
    private static final int MAX_BYTES = 8 << 20;

    private static final Path EMPTY = Path.of("/dev/null");

    private SmallFile() {}

    /**
     * @param what the file is, as it fits behind "the"
     * @throws IOException whose message is a sentence
     */
    public static byte[] read(String what, Path file) throws IOException {
        if (file.equals(EMPTY)) {
            return new byte[0];
        }
        if (!Files.exists(file)) {
            throw new IOException("the " + what + " " + file + " does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("the " + what + " " + file + " is a "
                    + (Files.isDirectory(file) ? "directory" : "device or pipe") + "; name a file");
        }
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new IOException("the " + what + " " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("the " + what + " " + file + " is larger than 8 MB, so it is something else");
        }
        return bytes;
    }
}
