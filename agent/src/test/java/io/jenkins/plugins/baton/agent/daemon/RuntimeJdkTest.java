package io.jenkins.plugins.baton.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDKs the build takes for the agent's runtime ({@code check-jdk.sh}). */
class RuntimeJdkTest {
    private static final String HERE =
            System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");

    @TempDir
    Path jdk;

    /** What the check printed, and how it ended. */
    private record Answer(int status, String text) {}

    private Answer check() throws Exception {
        Process process = new ProcessBuilder("src/main/dist/check-jdk.sh", jdk.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Answer(process.waitFor(), text.strip());
    }

    private void jdk(String version, String architecture, String library) throws Exception {
        Files.createDirectories(jdk.resolve("bin"));
        for (String tool : List.of("java", "jlink", "jar", "keytool")) {
            assertThat(Files.writeString(jdk.resolve("bin").resolve(tool), "#!/bin/sh\n")
                            .toFile()
                            .setExecutable(true))
                    .isTrue();
        }
        Files.writeString(
                jdk.resolve("release"),
                "JAVA_VERSION=\"%s\"\nLIBC=\"%s\"\nOS_ARCH=\"%s\"\n".formatted(version, library, architecture));
    }

    private void assertRefused(String reason) throws Exception {
        Answer answer = check();
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.text()).contains(jdk.toString(), reason).doesNotContain("\n");
    }

    @Test
    void theJdkThatBuildsIsTaken() throws Exception {
        jdk = Path.of(System.getProperty("java.home"));

        assertThat(check())
                .isEqualTo(new Answer(0, String.valueOf(Runtime.version().feature())));
    }

    @Test
    void laterVersionsAreTaken() throws Exception {
        jdk("25.0.3", HERE, "gnu");

        assertThat(check()).isEqualTo(new Answer(0, "25"));
    }

    @Test
    void aFolderThatIsNoJdkIsRefused() throws Exception {
        assertRefused("there is no bin/java in it");
    }

    @Test
    void anOlderVersionIsRefused() throws Exception {
        jdk("11.0.2", HERE, "gnu");
        assertRefused("it is Java 11.0.2, and the agent needs 17 or later");

        jdk("1.8.0_392", HERE, "gnu");
        assertRefused("it is Java 1.8.0_392");
    }

    @Test
    void anotherArchitectureIsRefused() throws Exception {
        jdk("21.0.1", "riscv64", "gnu");

        assertRefused("it is for riscv64, and this machine is " + HERE);
    }

    @Test
    void oneForMuslIsRefused() throws Exception {
        jdk("21.0.1", HERE, "musl");

        assertRefused("built for the C library musl");
    }

    @Test
    void oneThatDoesNotRunHereIsRefused() throws Exception {
        jdk("21.0.1", HERE, "gnu");
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nexit 1\n");

        assertRefused("it does not run here");
    }
}
