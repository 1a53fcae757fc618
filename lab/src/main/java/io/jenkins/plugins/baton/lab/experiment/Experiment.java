package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Something that befalls a cluster under load, and that its clients must not notice. Each leaves the testbed as it was. */
public enum Experiment {
    PLANNED_MOVES("handover, round three nodes", 10, Duration.ofMillis(500)) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            Rounds rounds = new Rounds();
            try (Client client = testbed.client()) {
                Host holder = testbed.home();
                for (int round = 0; round < count || holder != testbed.home(); round++) {
                    Host from = holder;
                    Host next = testbed.after(from);
                    rounds.measure(client, begin -> {
                        testbed.ask(from, "handover " + next);
                        testbed.awaitHolder(next);
                    });
                    holder = next;
                }
            }
            return rounds.result();
        }
    },

    /** In the proxy plane the sessions of the stopped node go on until its patience is over: so long they count. */
    STOP("SIGTERM of the holder", 5, Duration.ofMillis(500)) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            Rounds rounds = new Rounds();
            try (Client client = testbed.client()) {
                for (int round = 0; round < count; round++) {
                    rounds.measure(client, begin -> {
                        testbed.beginStop(testbed.home());
                        if (testbed.variant().plane() == Plane.KERNEL) {
                            testbed.endStop(testbed.home());
                        }
                    });
                    testbed.endStop(testbed.home());
                    comeBack(testbed);
                    Rounds.awaitQuiet(client);
                }
            }
            return rounds.result();
        }
    },

    PREEMPTION("the preferred node comes back", 5, Duration.ofMillis(500)) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            Rounds rounds = new Rounds();
            for (int round = 0; round < count; round++) {
                testbed.beginStop(testbed.home());
                testbed.endStop(testbed.home());
                try (Client client = testbed.client()) {
                    rounds.measure(client, begin -> comeBack(testbed));
                }
            }
            return rounds.result();
        }
    },

    UPGRADE("restart of all agents, the holder's last", 2, Duration.ofMillis(500), Plane.KERNEL) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            Rounds rounds = new Rounds();
            try (Client client = testbed.client()) {
                for (int round = 0; round < count; round++) {
                    rounds.measure(client, begin -> {
                        for (int i = testbed.nodes().size() - 1; i >= 0; i--) {
                            testbed.restart(testbed.nodes().get(i));
                        }
                        testbed.awaitHome();
                    });
                }
            }
            return rounds.result();
        }
    },

    AGENT_KILL("kill -9 of the holder's agent", 5, Duration.ofMillis(500), Plane.KERNEL) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            Rounds rounds = new Rounds();
            List<Duration> takeovers = new ArrayList<>();
            try (Client client = testbed.client()) {
                for (int round = 0; round < count; round++) {
                    rounds.measure(client, begin -> {
                        testbed.kill(testbed.home());
                        takeovers.add(takeover(testbed, begin));
                        testbed.awaitHolder(testbed.after(testbed.home()));
                        Rounds.awaitQuiet(client);
                        comeBack(testbed);
                    });
                }
            }
            return rounds.result().noting(newHolderAfter(takeovers));
        }
    },

    /** Only what need not be lost is there to be lost: no session's backend is on the host that is cut off. */
    HOST_LOSS("the holder's host is cut off", 10, Duration.ofSeconds(1), Plane.KERNEL) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            Rounds rounds = new Rounds();
            List<Duration> takeovers = new ArrayList<>();
            testbed.askAll("drain " + testbed.home());
            try (Client client = testbed.client();
                    Streams downloads = testbed.streams(10, "/download", "--http1.1")) {
                for (int round = 0; round < count; round++) {
                    rounds.measure(client, begin -> {
                        testbed.lab().lan().portDown(testbed.home());
                        takeovers.add(takeover(testbed, begin));
                    });
                    testbed.lab().lan().portUp(testbed.home());
                    testbed.awaitHome();
                    Rounds.awaitQuiet(client);
                }
                return rounds.result().alsoLost(downloads.lost()).noting(newHolderAfter(takeovers));
            } finally {
                testbed.askAll("enable " + testbed.home());
            }
        }
    },

    /**
     * A black hole would last until the client's neighbour table forgets the wrong address: many seconds. The sessions
     * are on the side that the client could see.
     */
    HEAL("a partition heals", 15, Duration.ofSeconds(1)) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            Rounds rounds = new Rounds();
            try (Client client = testbed.client()) {
                for (int round = 0; round < count; round++) {
                    long cut = System.nanoTime();
                    testbed.lab().lan().isolate(testbed.home());
                    takeover(testbed, cut);
                    Rounds.awaitQuiet(client);
                    rounds.measure(client, begin -> {
                        testbed.lab().lan().rejoin(testbed.home());
                        testbed.awaitHome();
                    });
                }
            }
            return rounds.result();
        }
    },

    BACKEND_REFUSES("a backend refuses", 3, Duration.ofMillis(1100)) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            return withoutBackend(testbed, count, Backend::refuse);
        }
    },

    BACKEND_SILENT("a backend is a black hole", 3, Duration.ofMillis(1100)) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            return withoutBackend(testbed, count, Backend::swallow);
        }
    },

    MAP_CHANGES("drain and enable, 2000 connects/s", 100, Duration.ofMillis(500), Plane.KERNEL) {
        @Override
        public Result run(ClusterTestbed testbed, int count) {
            try (Client one = testbed.client(BUSY_CLIENT_INTERVAL, 50);
                    Client another = testbed.client(BUSY_CLIENT_INTERVAL, 50);
                    Client third = testbed.client(BUSY_CLIENT_INTERVAL, 0)) {
                long begin = System.nanoTime();
                for (int round = 0; round < count; round++) {
                    testbed.askAll((round % 2 == 0 ? "drain " : "enable ")
                            + testbed.nodes().get(round / 2 % 3));
                }
                if (count % 2 == 1) {
                    testbed.askAll("enable " + testbed.nodes().get(count / 2 % 3));
                }
                Rounds.awaitQuiet(one);
                long nanos = System.nanoTime() - begin;
                Result result = Result.of(List.of(one.since(begin), another.since(begin), third.since(begin)));
                return new Result(
                        count,
                        result.lost(),
                        result.connects(),
                        result.failed(),
                        result.worstOutage(),
                        result.broken(),
                        result.connects() * 1_000_000_000L / nanos + " connects/s");
            }
        }
    };

    /** Three of them make 2000 connects a second and more. */
    private static final Duration BUSY_CLIENT_INTERVAL = Duration.ofMillis(1);

    private static final Set<Experiment> MOVES = EnumSet.of(PLANNED_MOVES, STOP, PREEMPTION);

    private final String title;
    private final int rounds;
    private final Duration allowedOutage;
    private final List<Plane> planes;

    Experiment(String title, int rounds, Duration allowedOutage, Plane... planes) {
        this.title = title;
        this.rounds = rounds;
        this.allowedOutage = allowedOutage;
        this.planes = planes.length == 0 ? List.of(Plane.values()) : List.of(planes);
    }

    /** @param count how many rounds */
    public abstract Result run(ClusterTestbed testbed, int count);

    public String title() {
        return title;
    }

    /** How many it takes to show something. */
    public int rounds() {
        return rounds;
    }

    /** How long an outage may be, on a machine that has nothing else to do. */
    public Duration allowedOutage() {
        return allowedOutage;
    }

    /** Whether it is promised that clients notice nothing there. The family makes a difference to moves alone. */
    public boolean isFor(Variant variant) {
        return planes.contains(variant.plane()) && (!variant.ipv6() || MOVES.contains(this));
    }

    private static void comeBack(ClusterTestbed testbed) {
        testbed.startAgent(testbed.home());
        testbed.awaitHome();
    }

    /** Waits until another node than m1 has the VIP; how long after the given time it got it. */
    private static Duration takeover(ClusterTestbed testbed, long begin) {
        Await.until(
                "another node holds the VIP", ClusterTestbed.AWAIT_TIMEOUT, () -> newHolder(testbed, begin) != null);
        return Duration.ofNanos(newHolder(testbed, begin).since() - begin);
    }

    private static Tenure newHolder(ClusterTestbed testbed, long begin) {
        return testbed.vip().since(begin).stream()
                .filter(t -> t.host() != testbed.home())
                .findFirst()
                .orElse(null);
    }

    private static String newHolderAfter(List<Duration> takeovers) {
        return "new holder after at most "
                + takeovers.stream().mapToLong(Duration::toMillis).max().orElse(0) + " ms";
    }

    /** Three hundred new connections and more; sessions of the backend go on. */
    private static Result withoutBackend(ClusterTestbed testbed, int count, Consumer<Backend> trouble) {
        Backend backend = testbed.backend(testbed.home());
        Rounds rounds = new Rounds();
        try (Client client = testbed.client()) {
            for (int round = 0; round < count; round++) {
                rounds.measure(client, begin -> {
                    trouble.accept(backend);
                    Await.until(
                            "300 connects were tried",
                            ClusterTestbed.AWAIT_TIMEOUT,
                            () -> client.knownSince(begin).connects() >= 300);
                });
                backend.heal();
                Await.pause(Duration.ofSeconds(4)); // the checks see it again
            }
        }
        return rounds.result();
    }
}
