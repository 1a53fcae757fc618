package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that may open few files: it takes what fits, keeps the others waiting, and does not spin. */
@Timeout(300)
class FewDescriptorsTest {
    private static final int LIMIT = 400;

    /** Of a proxy plane. */
    private static final int MAX_LOOPS = 4;

    @TempDir
    Path directory;

    /** The proxy of the child process, in front of a backend given by address and port. */
    static final class Child {
        public static void main(String[] arguments) throws Exception {
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            List<AutoCloseable> files = new ArrayList<>();
            InetSocketAddress backend = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
            try (ProxyBench bench = new ProxyBench().backend("b", backend).apply()) {
                SessionLifeTest.answered(bench).close(); // every class that is needed is loaded
                if (arguments[2].equals("full")) {
                    fill(files);
                }
                System.out.println(bench.bind.address().getHostAddress());
                while (true) {
                    Thread.sleep(100);
                    System.out.println("shortages " + bench.plane.exhaustions() + " cpu "
                            + system.getProcessCpuTime() / 1_000_000);
                }
            }
        }

        private static void fill(List<AutoCloseable> files) {
            try {
                while (true) {
                    files.add(Files.newInputStream(Path.of("/dev/null")));
                }
            } catch (IOException e) {
                // the table is full
            }
        }
    }

    @Test
    void sessionThatIsIdleForTheLongestTimeMakesRoomForANewClient() throws Exception {
        try (TestServer server = TestServer.echo();
                Running proxy = new Running(server, "empty")) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < OpenFiles.sessionsThatFit(LIMIT); i++) {
                clients.add(proxy.connect());
                assertThat(answers(clients.get(i), 30_000)).as("client %d", i).isTrue();
            }
            List<Socket> busy = new ArrayList<>(clients.subList(clients.size() / 2, clients.size()));
            Thread.sleep(4000); // the first half has been idle for more than two seconds by then
            for (int i = 0; i < 20; i++) {
                assertThat(allAnswer(busy)).isTrue();
                Socket fresh = proxy.connect();
                assertThat(answers(fresh, 30_000)).as("new client %d", i).isTrue();
                busy.add(fresh);
            }
            proxy.await("shortages [1-9].*");
            long ended = 0;
            for (Socket client : clients.subList(0, clients.size() / 2)) {
                client.setSoTimeout(1);
                try {
                    ended += client.getInputStream().read() == -1 ? 1 : 0;
                } catch (SocketTimeoutException e) {
                    // it lives
                }
            }
            // An event loop that has no idle session takes one too many, and pauses.
            assertThat(ended).isGreaterThanOrEqualTo(20 - MAX_LOOPS);
        }
    }

    @Test
    void sessionsBeyondTheLimitWaitUntilThereIsRoom() throws Exception {
        try (TestServer server = TestServer.echo();
                Running proxy = new Running(server, "empty")) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < OpenFiles.sessionsThatFit(LIMIT); i++) {
                clients.add(proxy.connect());
                assertThat(answers(clients.get(i), 30_000)).as("client %d", i).isTrue();
            }
            AtomicBoolean enough = new AtomicBoolean();
            AtomicBoolean madeRoom = new AtomicBoolean();
            Thread talk = new Thread(() -> talk(clients, enough, madeRoom));
            talk.start();
            try {
                // Every event loop may take one more before it sees that there is no room.
                List<Socket> more = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    more.add(proxy.connect());
                }
                proxy.await("shortages [1-9].*");
                Socket last = more.get(more.size() - 1);
                boolean served = answers(last, 700);
                enough.set(true);
                talk.join();
                assertThat(served && !madeRoom.get())
                        .as("one more than there is room for")
                        .isFalse();
                for (Socket client : clients) {
                    client.close();
                }
                last.setSoTimeout(60_000);
                assertThat(served || last.getInputStream().read() == 'x').isTrue();
            } finally {
                enough.set(true);
            }
        }
    }

    /** None of them is idle meanwhile; one that had to make room after all, as this thread had no time, is noted. */
    private static void talk(List<Socket> clients, AtomicBoolean enough, AtomicBoolean madeRoom) {
        try {
            while (!enough.get() && !madeRoom.get()) {
                madeRoom.set(!allAnswer(clients));
            }
            madeRoom.set(madeRoom.get() || !allAnswer(clients));
        } catch (IOException e) {
            madeRoom.set(true);
        }
    }

    /** All at once: one after the other they would be idle for long on a busy machine. */
    private static boolean allAnswer(List<Socket> clients) throws IOException {
        for (Socket client : clients) {
            client.setSoTimeout(30_000);
            client.getOutputStream().write('x');
        }
        boolean all = true;
        for (Socket client : clients) {
            all &= client.getInputStream().read() == 'x';
        }
        return all;
    }

    @Test
    void acceptThatFailsIsCountedAndDoesNotBurnTheProcessor() throws Exception {
        try (TestServer server = TestServer.echo();
                Running proxy = new Running(server, "full")) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(proxy.connect());
            }
            proxy.await("shortages [5-9].*|shortages \\d\\d.*");
            long before = proxy.cpuMillis();
            long beforeNanos = System.nanoTime();
            Thread.sleep(2000);
            long spent = proxy.cpuMillis() - before;
            long passed = Duration.ofNanos(System.nanoTime() - beforeNanos).toMillis();
            // A loop that spins takes all of one processor; this one looks ten times a second.
            assertThat(spent).isLessThan(passed / 2);
            assertThat(proxy.process.isAlive()).isTrue();
        }
    }

    private static boolean answers(Socket client, int timeoutMillis) throws IOException {
        client.setSoTimeout(timeoutMillis);
        try {
            client.getOutputStream().write('x');
            return client.getInputStream().read() == 'x';
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** The child process, under a limit of open files. */
    private final class Running implements AutoCloseable {
        final Process process;
        private final Path output = directory.resolve("output");
        private final String address;

        Running(TestServer server, String table) throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            process = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "ulimit -n " + LIMIT + " && exec \"$@\"",
                            "sh",
                            java,
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            server.address().getAddress().getHostAddress(),
                            Integer.toString(server.address().getPort()),
                            table)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            address = await("127\\..*");
        }

        /** The first line that looks so, among those yet to come. */
        String await(String pattern) {
            String[] found = new String[1];
            ProxyBench.await("the proxy says " + pattern + "; it said " + lines(), () -> {
                found[0] = lines().stream()
                        .filter(line -> line.matches(pattern))
                        .findFirst()
                        .orElse(null);
                return found[0] != null;
            });
            return found[0];
        }

        long cpuMillis() {
            List<String> lines = lines().stream()
                    .filter(line -> line.matches("shortages.*cpu \\d+"))
                    .toList();
            return Long.parseLong(lines.get(lines.size() - 1).replaceAll(".*cpu ", ""));
        }

        private List<String> lines() {
            try {
                return Files.readAllLines(output);
            } catch (IOException e) {
                return List.of();
            }
        }

        Socket connect() throws IOException {
            return new Socket(address, 8443);
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }
}
