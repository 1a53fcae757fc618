package io.jenkins.plugins.baton.lab.trial;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import io.jenkins.plugins.baton.lab.probe.Streams;
import io.jenkins.plugins.baton.lab.trial.Setting.Plane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Something that befalls a cluster under load, and that its clients must not notice. Each leaves the bed as it was. */
public enum Trial {
    PLANNED_MOVES("handover, round three nodes", 10, Duration.ofMillis(500)) {
        @Override
        public Result run(Bed bed, int rounds) {
            try (Client client = bed.client()) {
                List<Impact> impacts = new ArrayList<>();
                Host holder = bed.home();
                for (int round = 0; round < rounds || holder != bed.home(); round++) {
                    long begin = System.nanoTime();
                    Host next = bed.after(holder);
                    bed.ask(holder, "handover " + next);
                    bed.awaitHolder(next);
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    impacts.add(client.since(begin));
                    holder = next;
                }
                return Result.of(impacts);
            }
        }
    },

    /** In the proxy plane the sessions of the stopped node go on until its patience is over: so long they count. */
    STOP("SIGTERM of the holder", 5, Duration.ofMillis(500)) {
        @Override
        public Result run(Bed bed, int rounds) {
            try (Client client = bed.client()) {
                List<Impact> impacts = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    long begin = System.nanoTime();
                    bed.beginStop(bed.home());
                    if (bed.setting().plane() == Plane.KERNEL) {
                        bed.endStop(bed.home());
                    }
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    impacts.add(client.since(begin));
                    bed.endStop(bed.home());
                    comeBack(bed);
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                }
                return Result.of(impacts);
            }
        }
    },

    PREEMPTION("the preferred node comes back", 5, Duration.ofMillis(500)) {
        @Override
        public Result run(Bed bed, int rounds) {
            List<Impact> impacts = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                bed.beginStop(bed.home());
                bed.endStop(bed.home());
                try (Client client = bed.client()) {
                    long begin = System.nanoTime();
                    comeBack(bed);
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    impacts.add(client.since(begin));
                }
            }
            return Result.of(impacts);
        }
    },

    UPGRADE("restart of all agents, the holder's last", 2, Duration.ofMillis(500), Plane.KERNEL) {
        @Override
        public Result run(Bed bed, int rounds) {
            try (Client client = bed.client()) {
                List<Impact> impacts = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    long begin = System.nanoTime();
                    for (int i = bed.masters().size() - 1; i >= 0; i--) {
                        bed.restart(bed.masters().get(i));
                    }
                    bed.awaitHome();
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    impacts.add(client.since(begin));
                }
                return Result.of(impacts);
            }
        }
    },

    AGENT_KILL("kill -9 of the holder's agent", 5, Duration.ofMillis(500), Plane.KERNEL) {
        @Override
        public Result run(Bed bed, int rounds) {
            try (Client client = bed.client()) {
                List<Impact> impacts = new ArrayList<>();
                List<Duration> takeovers = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    long begin = System.nanoTime();
                    bed.kill(bed.home());
                    takeovers.add(takeover(bed, begin));
                    bed.awaitHolder(bed.after(bed.home()));
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    comeBack(bed);
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    impacts.add(client.since(begin));
                }
                return Result.of(impacts).noting(newHolderAfter(takeovers));
            }
        }
    },

    /** Only what need not be lost is there to be lost: no session's backend is on the host that is cut off. */
    HOST_LOSS("the holder's host is cut off", 10, Duration.ofSeconds(1), Plane.KERNEL) {
        @Override
        public Result run(Bed bed, int rounds) {
            bed.askAll("drain " + bed.home());
            try (Client client = bed.client();
                    Streams downloads = bed.streams(10, "/download", "--http1.1")) {
                List<Impact> impacts = new ArrayList<>();
                List<Duration> takeovers = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    long begin = System.nanoTime();
                    bed.lab().lan().portDown(bed.home());
                    takeovers.add(takeover(bed, begin));
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    impacts.add(client.since(begin));
                    bed.lab().lan().portUp(bed.home());
                    bed.awaitHome();
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                }
                return Result.of(impacts).alsoLost(downloads.lost()).noting(newHolderAfter(takeovers));
            } finally {
                bed.askAll("enable " + bed.home());
            }
        }
    },

    /**
     * A black hole would last until the client's neighbour table forgets the wrong address: many seconds. The sessions
     * are on the side that the client could see.
     */
    HEAL("a partition heals", 15, Duration.ofSeconds(1)) {
        @Override
        public Result run(Bed bed, int rounds) {
            try (Client client = bed.client()) {
                List<Impact> impacts = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    long cut = System.nanoTime();
                    bed.lab().lan().isolate(bed.home());
                    takeover(bed, cut);
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    long begin = System.nanoTime();
                    bed.lab().lan().rejoin(bed.home());
                    bed.awaitHome();
                    client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                    impacts.add(client.since(begin));
                }
                return Result.of(impacts);
            }
        }
    },

    BACKEND_REFUSES("a backend refuses", 3, Duration.ofMillis(1100)) {
        @Override
        public Result run(Bed bed, int rounds) {
            return withoutBackend(bed, rounds, Backend::refuse);
        }
    },

    BACKEND_SILENT("a backend is a black hole", 3, Duration.ofMillis(1100)) {
        @Override
        public Result run(Bed bed, int rounds) {
            return withoutBackend(bed, rounds, Backend::swallow);
        }
    },

    MAP_CHANGES("drain and enable, 2000 connects/s", 100, Duration.ofMillis(500), Plane.KERNEL) {
        @Override
        public Result run(Bed bed, int rounds) {
            try (Client one = bed.client(A_BUSY_CLIENTS_PAUSE, 50);
                    Client another = bed.client(A_BUSY_CLIENTS_PAUSE, 50);
                    Client third = bed.client(A_BUSY_CLIENTS_PAUSE, 0)) {
                long begin = System.nanoTime();
                for (int round = 0; round < rounds; round++) {
                    bed.askAll((round % 2 == 0 ? "drain " : "enable ") + bed.masters().get(round / 2 % 3));
                }
                if (rounds % 2 == 1) {
                    bed.askAll("enable " + bed.masters().get(rounds / 2 % 3));
                }
                one.awaitCalm(Bed.CALM, Bed.PATIENCE);
                long nanos = System.nanoTime() - begin;
                Result result = Result.of(List.of(one.since(begin), another.since(begin), third.since(begin)));
                return new Result(rounds, result.lost(), result.connects(), result.failed(), result.worstGap(),
                        result.broken(), result.connects() * 1_000_000_000L / nanos + " connects/s");
            }
        }
    };

    /** Three of them make 2000 connects a second and more. */
    private static final Duration A_BUSY_CLIENTS_PAUSE = Duration.ofMillis(1);

    private static final Set<Trial> MOVES = EnumSet.of(PLANNED_MOVES, STOP, PREEMPTION);

    private final String title;
    private final int rounds;
    private final Duration allowedGap;
    private final List<Plane> planes;

    Trial(String title, int rounds, Duration allowedGap, Plane... planes) {
        this.title = title;
        this.rounds = rounds;
        this.allowedGap = allowedGap;
        this.planes = planes.length == 0 ? List.of(Plane.values()) : List.of(planes);
    }

    public abstract Result run(Bed bed, int rounds);

    public String title() {
        return title;
    }

    /** How many it takes to show something. */
    public int rounds() {
        return rounds;
    }

    /** How long no new connection may be answered, on a machine that has nothing else to do. */
    public Duration allowedGap() {
        return allowedGap;
    }

    /** Whether it is promised that clients notice nothing there. The family makes a difference to moves alone. */
    public boolean isFor(Setting setting) {
        return planes.contains(setting.plane()) && (!setting.ipv6() || MOVES.contains(this));
    }

    private static void comeBack(Bed bed) {
        bed.startAgent(bed.home());
        bed.awaitHome();
    }

    /** Waits until another master than m1 has the VIP; how long after the given time it got it. */
    private static Duration takeover(Bed bed, long begin) {
        Await.until("another master holds the VIP", Bed.PATIENCE, () -> newHolder(bed, begin) != null);
        return Duration.ofNanos(newHolder(bed, begin).since() - begin);
    }

    private static Tenure newHolder(Bed bed, long begin) {
        return bed.vip().since(begin).stream().filter(t -> t.host() != bed.home()).findFirst().orElse(null);
    }

    private static String newHolderAfter(List<Duration> takeovers) {
        return "new holder after at most " + takeovers.stream().mapToLong(Duration::toMillis).max().orElse(0) + " ms";
    }

    /** Three hundred new connections and more; sessions of the backend go on. */
    private static Result withoutBackend(Bed bed, int rounds, Consumer<Backend> trouble) {
        Backend backend = bed.backend(bed.home());
        try (Client client = bed.client()) {
            List<Impact> impacts = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                long begin = System.nanoTime();
                trouble.accept(backend);
                Await.until("300 connects were tried", Bed.PATIENCE, () -> client.since(begin).connects() >= 300);
                Await.pause(Duration.ofSeconds(5)); // the last of them has timed out, if it does
                impacts.add(client.since(begin));
                backend.heal();
                Await.pause(Duration.ofSeconds(4)); // the checks see it again
            }
            return Result.of(impacts);
        }
    }
}
