package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of clients that say nothing cost little and hold up nobody. */
@Timeout(300)
class ManyIdleClientsTest {
    private static final int CLIENTS = 3000;

    @Test
    void idleClientsHoldNoBuffersAndOthersAreServed() throws Exception {
        List<SocketChannel> idle = new ArrayList<>();
        try (SilentServer server = new SilentServer();
                TestServer echo = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("silent", server.address()).apply()) {
            long before = directMemory();
            for (int i = 0; i < CLIENTS; i++) {
                idle.add(SocketChannel.open(bench.bind.toSocketAddress()));
            }
            ProxyBench.await("all are connected", () -> bench.back("silent").sessionsTotal() == CLIENTS);
            // Every buffer that is held would be one of at least 1 KiB.
            assertThat(directMemory() - before).isLessThan(CLIENTS * 1024L);

            bench.backends.clear();
            bench.backend("echo", echo.address()).apply();
            try (Socket client = SessionLifeTest.answered(bench)) {
                assertThat(client.isConnected()).isTrue();
            }
            assertThat(bench.front().sessions()).isGreaterThanOrEqualTo(CLIENTS);
        } finally {
            for (SocketChannel client : idle) {
                client.close();
            }
        }
    }

    /** Netty's own count, and the JDK's for what is taken from there. */
    private static long directMemory() {
        return PlatformDependent.usedDirectMemory()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    /** Accepts and keeps, without a thread for each. */
    private static final class SilentServer implements AutoCloseable {
        private final ServerSocketChannel socket = ServerSocketChannel.open();
        private final List<SocketChannel> accepted = new CopyOnWriteArrayList<>();

        SilentServer() throws IOException {
            socket.bind(new InetSocketAddress(ProxyBench.loopback(), 0), 4096);
            Thread thread = new Thread(
                    () -> {
                        try {
                            while (true) {
                                accepted.add(socket.accept());
                            }
                        } catch (IOException e) {
                            // closed
                        }
                    },
                    "silent-server");
            thread.setDaemon(true);
            thread.start();
        }

        InetSocketAddress address() throws IOException {
            return (InetSocketAddress) socket.getLocalAddress();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (SocketChannel channel : accepted) {
                channel.close();
            }
        }
    }
}
