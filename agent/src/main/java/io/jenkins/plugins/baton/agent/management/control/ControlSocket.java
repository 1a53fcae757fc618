package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UNIX socket behind {@code baton-agent status}, {@code handover}, {@code drain} and {@code enable}. Who may connect
 * is who may write to the file: mode 0660, the group of the agent's process; but not a check script. A few threads that come and go serve the
 * clients, see {@link ControlConnection}; a client too many is turned away at once.
 */
public final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("control");
    private static final int MAX_CLIENTS = 32;
    private static final ThreadFactory THREADS = new DefaultThreadFactory("baton-control", true);

    private final Path path;
    private final ServerSocketChannel server;
    private final ThreadPoolExecutor clients =
            new ThreadPoolExecutor(1, MAX_CLIENTS, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), THREADS);
    /** Nobody is cut off any more once the agent ends: then all are. */
    private final ScheduledThreadPoolExecutor watchdog =
            new ScheduledThreadPoolExecutor(1, THREADS, new ThreadPoolExecutor.DiscardPolicy());

    private ControlSocket(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
        watchdog.setRemoveOnCancelPolicy(true);
        // From the start, so that one client is served also when this host has no threads left.
        clients.prestartCoreThread();
        watchdog.prestartCoreThread();
    }

    /**
     * Binds the socket; clients wait until {@link #serve}. The caller holds the node's {@link NodeLock}: a file that is
     * in the way is the leftover of an agent that was killed.
     */
    public static ControlSocket bind(Path path) throws ManagementException {
        try {
            Files.deleteIfExists(path);
            return new ControlSocket(path, bindWithMode(path));
        } catch (IOException e) {
            throw new ManagementException(RuntimeDirectory.cannot("open the control socket " + path, e), e);
        }
    }

    /** In a folder of its own first: a socket has the mode of the process's umask when it appears. */
    private static ServerSocketChannel bindWithMode(Path path) throws IOException {
        Path folder = Files.createTempDirectory(
                path.getParent(),
                ".",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            return bind(folder.resolve("s"), path);
        } finally {
            Files.delete(folder);
        }
    }

    /** @param hidden where it is until it has its mode */
    private static ServerSocketChannel bind(Path hidden, Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(hidden));
            Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-rw----"));
            Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
            return server;
        } catch (IOException e) {
            server.close();
            Files.deleteIfExists(hidden);
            throw e;
        }
    }

    /** Begins to answer. */
    public void serve(ControlCommands commands) {
        THREADS.newThread(() -> accept(commands)).start();
    }

    private void accept(ControlCommands commands) {
        while (server.isOpen()) {
            try {
                admit(server.accept(), commands);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError e) { // the last one: no more threads
                LOG.warn("The control socket {} cannot serve a client, and goes on: {}", path, e.getMessage());
                // Without descriptors left it fails again at once: do not burn the processor meanwhile.
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private void admit(SocketChannel client, ControlCommands commands) throws IOException {
        try {
            clients.execute(new ControlConnection(client, commands, watchdog));
        } catch (RejectedExecutionException e) {
            client.close();
        } catch (OutOfMemoryError e) {
            client.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("Cannot remove the control socket {}: {}", path, e.getMessage());
        }
        clients.shutdownNow();
        watchdog.shutdownNow();
    }
}
