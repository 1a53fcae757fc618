package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
    @Test
    void serviceManagerHearsEveryState(@TempDir Path directory) throws Exception {
        String name = directory.resolve("notify").toString();
        try (Listener listener = new Listener(name)) {
            ServiceManager manager = new ServiceManager(Optional.of(name), Optional.empty());

            manager.ready("MASTER of kube-master");
            assertThat(listener.next()).isEqualTo("READY=1\nSTATUS=MASTER of kube-master");
            manager.reloading();
            assertThat(listener.next()).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
            manager.status("BACKUP of kube-master");
            assertThat(listener.next()).isEqualTo("STATUS=BACKUP of kube-master");
            manager.alive();
            assertThat(listener.next()).isEqualTo("WATCHDOG=1");
            manager.stopping("handing over", Duration.ofSeconds(20));
            assertThat(listener.next()).isEqualTo("STOPPING=1\nEXTEND_TIMEOUT_USEC=20000000\nSTATUS=handing over");
        }
    }

    @Test
    void abstractAddressIsReached() throws Exception {
        String name = "linux-notify-" + ProcessHandle.current().pid();
        try (Listener listener = new Listener("\0" + name)) {
            new ServiceManager(Optional.of("@" + name), Optional.empty()).alive();

            assertThat(listener.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void nothingHappensWithoutAServiceManager() {
        assertThatCode(() -> new ServiceManager(Optional.empty(), Optional.empty()).ready("x"))
                .doesNotThrowAnyException();
    }

    @Test
    void serviceManagerThatIsGoneIsAnErrorThatNamesItsSocket() {
        ServiceManager manager = new ServiceManager(Optional.of("/nonexistent/notify"), Optional.empty());

        assertThatThrownBy(manager::alive)
                .hasMessage("notify the service manager at /nonexistent/notify: ENOENT (no such file or directory)");
    }

    @Test
    void watchdogIsGivenInMicroseconds() {
        assertThat(new ServiceManager(Optional.empty(), Optional.of("3000000")).watchdog())
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void emptyEnvironmentIsNoServiceManager() throws Exception {
        ServiceManager manager = new ServiceManager(Optional.of(""), Optional.of(""));

        manager.alive();
        assertThat(manager.watchdog()).isEmpty();
    }

    @Test
    void watchdogThatIsNoTimeIsNone() {
        assertThat(new ServiceManager(Optional.empty(), Optional.of("0")).watchdog())
                .isEmpty();
        assertThat(new ServiceManager(Optional.empty(), Optional.of("3s")).watchdog())
                .isEmpty();
    }

    /** A datagram socket, as systemd's. */
    private static final class Listener implements AutoCloseable {
        private final NativeMemory buffer = new NativeMemory(1024);
        private final Socket socket;

        Listener(String path) throws LinuxException {
            byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
            socket = Socket.open("for a test", Socket.AF_UNIX, Socket.DGRAM | Socket.NONBLOCK, 0)
                    .bind(StructWriter.of(2 + bytes.length)
                            .int16(Socket.AF_UNIX)
                            .bytes(bytes)
                            .array());
        }

        String next() {
            long length = Libc.read(socket.descriptor(), buffer.address(), buffer.size());
            assertThat(length).as("length of the next datagram").isPositive();
            byte[] bytes = new byte[(int) length];
            buffer.bytes().get(0, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
