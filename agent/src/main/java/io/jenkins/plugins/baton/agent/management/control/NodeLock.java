package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps a second agent for the same node from starting. The kernel holds the lock, so it ends with the process however
 * that ends; the file's text tells others who it is, see {@link LockHolder}.
 */
public final class NodeLock implements AutoCloseable {
    private static final int ATTEMPTS = 100;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final Path path;
    private final FileChannel channel;

    private NodeLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws ManagementException when another agent holds it, or the file cannot be written */
    public static NodeLock acquire(RuntimeDirectory directory, String node) throws ManagementException {
        Path path = directory.lock(node);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                if (!lock(channel)) {
                    channel.close();
                    throw taken(path, node);
                }
                write(channel);
                if (isOpenHere(path)) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
                    return new NodeLock(path, channel);
                }
                // The previous holder removed the file between our opening and our locking it: once more.
                channel.close();
            }
            throw new IOException("the file is removed again and again");
        } catch (IOException e) {
            throw new ManagementException(RuntimeDirectory.cannot("lock " + path, e), e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void write(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(LockHolder.self().text().getBytes(StandardCharsets.UTF_8)), 0);
    }

    /**
     * Whether the path still leads to the file that we have locked: what is written to it must be seen by name. The kernel's
     * list of our open files tells; to open the file again and close it would end the lock (fcntl(2): a process loses its
     * locks on a file when it closes any descriptor of it).
     */
    private static boolean isOpenHere(Path path) throws IOException {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN_FILES)) {
            Path name = path.toRealPath();
            for (Path descriptor : open) {
                if (leadsTo(descriptor, name)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A file that was removed has another name there: proc(5) adds " (deleted)". */
    private static boolean leadsTo(Path descriptor, Path name) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).equals(name);
        } catch (NoSuchFileException e) {
            return false; // it was closed meanwhile
        }
    }

    private static ManagementException taken(Path path, String node) {
        String holder = LockHolder.read(path).map(h -> " with pid " + h.pid()).orElse("");
        return new ManagementException("An agent for node " + node + " is running" + holder + " (it holds " + path
                + "); stop it first, or give this one another --runtime-directory");
    }

    /** Removes the file while the lock is still held, so that nobody takes the stale text for a running agent. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The directory went first, as systemd does it: nothing is left to remove.
        }
    }
}
