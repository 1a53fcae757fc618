package io.jenkins.plugins.baton.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bench measures what is there: shown with the real keepalived and haproxy. */
class LabIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    @Test
    void clientSeesTheGapOfAKeepalivedHostThatIsCutOff() {
        try (Lab lab = Lab.withNodes(2);
                VipWatch vip = VipWatch.start(AddressPlan.VIP, lab.nodes())) {
            for (Host node : lab.nodes()) {
                Backend.start(node);
                Haproxy.ofTheGuide().start(node, lab.nodes());
            }
            Keepalived.configuration().start(lab.host("m1"), 110);
            Keepalived.configuration().start(lab.host("m2"), 100);
            Await.until(
                    "m1 holds the VIP",
                    AWAIT_TIMEOUT,
                    () -> vip.holders().equals(lab.nodes().subList(0, 1)));

            try (Client client = Client.start(
                    lab.client(),
                    AddressPlan.VIP,
                    AddressPlan.FRONTEND_PORT,
                    Duration.ofMillis(10),
                    4,
                    Duration.ofMinutes(2))) {
                client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
                long cut = System.nanoTime();
                lab.lan().isolate(lab.host("m1"));
                Await.until(
                        "m2 holds the VIP", AWAIT_TIMEOUT, () -> vip.holders().contains(lab.host("m2")));
                client.awaitQuiet(Duration.ofSeconds(1), AWAIT_TIMEOUT);
                Await.until(
                        "the lost sessions are noticed",
                        AWAIT_TIMEOUT,
                        () -> client.since(cut).lostSessions() == 4);

                Impact impact = client.since(cut);
                assertThat(impact.outage()).isGreaterThan(Duration.ofMillis(1500));
                assertThat(impact.failed() + impact.slow()).isPositive();
                assertThat(lab.host("m1").holds(AddressPlan.VIP)).isTrue();
            }
        }
    }

    @Test
    void hostsOnTwoSidesOfAPartitionDoNotHearEachOther() {
        try (Lab lab = Lab.withNodes(2)) {
            Backend.start(lab.host("m1"));
            Backend.start(lab.host("m2"));
            awaitReaches(lab.host("m1"), lab.host("m2"));

            lab.lan().partition(lab.nodes().subList(0, 1), lab.nodes().subList(1, 2));
            assertThat(reaches(lab.host("m1"), lab.host("m2"))).isFalse();
            awaitReaches(lab.client(), lab.host("m1"));
            awaitReaches(lab.client(), lab.host("m2"));

            lab.lan().heal();
            awaitReaches(lab.host("m1"), lab.host("m2"));
        }
    }

    @Test
    void aClosedLabLeavesNothing() {
        Lab lab = Lab.withNodes(1);
        Backend.start(lab.host("m1"));
        Path folder = lab.directory();
        lab.close();

        assertThat(Command.run("ip", "netns", "list").output()).doesNotContain(lab.name());
        assertThat(folder).doesNotExist();
        assertThat(lab.daemons()).noneMatch(Daemon::isAlive);
    }

    @Test
    void aLabOfAKilledJvmIsSweptByTheNext() throws Exception {
        long dead = new ProcessBuilder("true").start().pid();
        String left = Lab.PREFIX + dead + "-1";
        Await.until(
                "its process is gone",
                AWAIT_TIMEOUT,
                () -> ProcessHandle.of(dead).isEmpty());
        Command.run("ip", "netns", "add", left + "-m1").orThrow();
        Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), left));

        Lab.open().close();

        assertThat(Path.of("/run/netns", left + "-m1")).doesNotExist();
        assertThat(Path.of(System.getProperty("java.io.tmpdir"), left)).doesNotExist();
    }

    @Test
    void labsThatAreOpenedTogetherSweepTogether() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        for (int i = 0; i < 500; i++) {
            Files.createDirectory(temporary.resolve(Lab.PREFIX + killed.pid() + "-" + i));
        }

        List<CompletableFuture<Void>> openings = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> Lab.open().close(), task -> new Thread(task, "opening").start()))
                .limit(4)
                .toList();

        openings.forEach(opening -> assertThatCode(opening::get).doesNotThrowAnyException());
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith(Lab.PREFIX + killed.pid()));
        }
    }

    /** A busy machine may take longer than one attempt. */
    private static void awaitReaches(Host from, Host to) {
        Await.until(from + " reaches " + to, AWAIT_TIMEOUT, () -> reaches(from, to));
    }

    private static boolean reaches(Host from, Host to) {
        return from.run(
                                "curl",
                                "-sk",
                                "--max-time",
                                "2",
                                "https://" + to.ipv4() + ":" + AddressPlan.BACKEND_PORT + "/readyz")
                        .status()
                == 0;
    }
}
