package io.jenkins.plugins.baton.agent.management;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * is who may write to the file: mode 0660, the group of the agent's process. A few threads that come and go serve the
 * clients, see {@link ControlConnection}; a client too many is turned away at once.
 */
public final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("control");
    private static final int MAX_CLIENTS = 32;
    private static final ThreadFactory THREADS = new DefaultThreadFactory("baton-control", true);

    private final Path path;
    private final ServerSocketChannel server;
    private final ThreadPoolExecutor clients =
            new ThreadPoolExecutor(0, MAX_CLIENTS, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), THREADS);
    /** Nobody is cut off any more once the agent ends: then all are. */
    private final ScheduledThreadPoolExecutor watchdog =
            new ScheduledThreadPoolExecutor(1, THREADS, new ThreadPoolExecutor.DiscardPolicy());

    private ControlSocket(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /**
     * Binds the socket; clients wait until {@link #serve}. The caller holds the node's {@link NodeLock}: a file that is
     * in the way is the leftover of an agent that was killed.
     */
    public static ControlSocket bind(Path path) throws ManagementException {
        try {
            Files.deleteIfExists(path);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
            return new ControlSocket(path, server);
        } catch (IOException e) {
            throw new ManagementException(RuntimeDirectory.cannot("open the control socket " + path, e), e);
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
            } catch (IOException e) {
                LOG.warn("The control socket {} cannot accept a client: {}", path, e.getMessage());
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
