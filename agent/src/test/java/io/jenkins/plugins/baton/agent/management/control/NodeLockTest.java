package io.jenkins.plugins.baton.agent.management.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // A lock is held; nothing is done with it.
class NodeLockTest {
    @TempDir
    Path folder;

    private RuntimeDirectory directory;

    @BeforeEach
    void directory() {
        directory = new RuntimeDirectory(folder);
    }

    /** Another process sees what the kernel holds, not what this one believes to hold. */
    @Test
    void theKernelHoldsTheLockUntilItIsClosed() throws Exception {
        try (NodeLock held = NodeLock.acquire(directory, "m1")) {
            assertThat(another())
                    .contains("An agent for node m1 is running with pid "
                            + ProcessHandle.current().pid());
        }
        assertThat(another()).isEqualTo("got it");
    }

    @Test
    void theFileSaysWhoHoldsItAndGoesWithTheLock() throws Exception {
        try (NodeLock held = NodeLock.acquire(directory, "m1")) {
            assertThat(directory.lock("m1"))
                    .content()
                    .startsWith("pid " + ProcessHandle.current().pid() + "\n");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDirectoryBehindASymbolicLinkServesToo() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));

        try (NodeLock held = NodeLock.acquire(new RuntimeDirectory(link), "m1")) {
            assertThat(folder.resolve("real/m1.lock")).exists();
        }
    }

    @Test
    void oneProcessCannotHaveItTwiceEither() throws Exception {
        try (NodeLock held = NodeLock.acquire(directory, "m1")) {
            assertThatThrownBy(() -> NodeLock.acquire(directory, "m1")).isInstanceOf(ManagementException.class);
        }
    }

    private String another() throws Exception {
        Path said = Files.createTempFile("said", null);
        try {
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Another.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start()
                    .waitFor();
            return Files.readString(said);
        } finally {
            Files.delete(said);
        }
    }

    /** What runs in the other process. */
    static final class Another {
        private Another() {}

        public static void main(String[] arguments) {
            try (NodeLock lock = NodeLock.acquire(new RuntimeDirectory(Path.of(arguments[0])), "m1")) {
                System.out.print("got it");
            } catch (ManagementException e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
