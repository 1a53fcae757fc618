package io.jenkins.plugins.baton.fleet.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
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
        return read(what, file, Files.isRegularFile(file));
    }

    /** As {@link #read}, of a file that is not read again: it may be a pipe, as a shell makes it of {@code <(…)}. */
    public static byte[] readOnce(String what, Path file) throws IOException {
        return read(what, file, Files.isRegularFile(file) || isPipe(file));
    }

    private static byte[] read(String what, Path file, boolean fits) throws IOException {
        String name = "the " + what + " " + file;
        if (!Files.exists(file)) {
            throw new IOException(name + " does not exist");
        }
        if (!fits) {
            throw new IOException(
                    name + " is a " + (Files.isDirectory(file) ? "directory" : "device or pipe") + ": name a file");
        }
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        } catch (AccessDeniedException e) {
            throw new IOException(name + " cannot be read: permission denied", e);
        } catch (IOException e) {
            throw new IOException(name + " cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException(name + " is larger than 8 MB, so it is something else");
        }
        return bytes;
    }

    /** S_IFIFO of inode(7). */
    private static boolean isPipe(Path file) throws IOException {
        return Files.exists(file) && ((int) Files.getAttribute(file, "unix:mode") & 0170000) == 0010000;
    }
}
