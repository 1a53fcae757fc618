package io.jenkins.plugins.baton.agent.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceWatchTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private final List<String> done = new ArrayList<>();
    private Path path;
    private Instant now = NOON;
    private MaintenanceWatch watch;

    @BeforeEach
    void watch() {
        path = folder.resolve("maintenance");
        watch = newWatch();
    }

    private MaintenanceWatch newWatch() {
        return newWatch(Optional.empty());
    }

    private MaintenanceWatch newWatch(Optional<Maintenance> first) {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new MaintenanceWatch(
                new MaintenanceFile(path, clock),
                new MaintenanceWatch.Duties() {
                    @Override
                    public void begin(Maintenance maintenance) {
                        done.add("begin " + maintenance.node());
                    }

                    @Override
                    public void end(Maintenance maintenance) {
                        done.add("end " + maintenance.node());
                    }
                },
                first);
    }

    private void write(String node, Instant until) throws IOException {
        Files.writeString(path, "node " + node + "\nuntil " + until.getEpochSecond() + "\nby a test\n");
    }

    @Test
    void aMaintenanceBeginsOnceAndEndsOnceWithItsFile() throws IOException {
        watch.run();
        write("m2", NOON.plusSeconds(60));
        watch.run();
        watch.run();
        Files.delete(path);
        watch.run();
        watch.run();

        assertThat(done).containsExactly("begin m2", "end m2");
    }

    @Test
    void itEndsByItselfWhenItsTimeIsOver() throws IOException {
        write("m2", NOON.plusSeconds(60));
        watch.run();
        now = NOON.plusSeconds(59);
        watch.run();
        assertThat(done).containsExactly("begin m2");

        now = NOON.plusSeconds(60);
        watch.run();

        assertThat(done).containsExactly("begin m2", "end m2");
        assertThat(path).exists();
    }

    @Test
    void anAgentThatStartsInAMaintenanceHeedsItAndOneThatStartsAfterItDoesNot() throws IOException {
        write("m2", NOON.plusSeconds(60));
        newWatch().run();
        assertThat(done).containsExactly("begin m2");

        now = NOON.plusSeconds(61);
        newWatch().run();
        assertThat(done).containsExactly("begin m2");
    }

    @Test
    void aLongerTimeForTheSameNodeDoesNotPutItBackInBetween() throws IOException {
        write("m2", NOON.plusSeconds(60));
        watch.run();
        write("m2", NOON.plusSeconds(600));
        watch.run();
        now = NOON.plusSeconds(61);
        watch.run();

        assertThat(done).doesNotContain("end m2");
    }

    @Test
    void anotherNodesMaintenanceEndsTheFirst() throws IOException {
        write("m2", NOON.plusSeconds(60));
        watch.run();
        write("m3", NOON.plusSeconds(60));
        watch.run();

        assertThat(done).containsExactly("begin m2", "end m2", "begin m3");
    }

    @Test
    void whatAReloadBroughtHearsOfItAgain() throws IOException {
        watch.again();
        write("m2", NOON.plusSeconds(60));
        watch.run();
        watch.again();

        assertThat(done).containsExactly("begin m2", "begin m2");
    }

    @Test
    void aFileThatCannotBeReadForAWhileEndsNothingBeforeItsTime() throws IOException {
        write("m2", NOON.plusSeconds(60));
        watch.run();
        Files.delete(path);
        Files.createDirectory(path);
        watch.run();
        assertThat(done).containsExactly("begin m2");

        now = NOON.plusSeconds(60);
        watch.run();

        assertThat(done).containsExactly("begin m2", "end m2");
    }

    @Test
    void whatItsRoutersWereStartedWithEndsAlsoWhenItIsOverAtOnce() {
        newWatch(Optional.of(new Maintenance("m2", NOON.plusSeconds(60), "a test")))
                .run();

        assertThat(done).containsExactly("begin m2", "end m2");
    }

    @Test
    void aFileThatCannotBeReadIsNotHeeded() throws IOException {
        Files.createDirectory(path);
        watch.run();

        assertThat(done).isEmpty();
    }
}
