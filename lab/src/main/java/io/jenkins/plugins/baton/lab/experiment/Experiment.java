package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.Incident.Takeover;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import io.jenkins.plugins.baton.lab.probe.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Something that befalls a cluster under load, round after round, and that its clients must not notice. Each leaves the testbed
 * as it was.
 */
public enum Experiment {
    PLANNED_MOVES("handover, round three nodes", 10, Duration.ofMillis(500)) {
        @Override
        void act(AgentTestbed testbed, Incident incident) {
            Host holder = testbed.vip().holder().orElseThrow();
            testbed.handOver(holder, testbed.after(holder));
        }
    },

    /** In the proxy plane the sessions of the stopped node go on until its patience is over: so long they count. */
    STOP("SIGTERM of the holder", 5, Duration.ofMillis(500)) {
        @Override
        void act(AgentTestbed testbed, Incident incident) {
            testbed.beginStop(testbed.home());
            if (testbed.variant().plane() == Plane.KERNEL) {
                testbed.endStop(testbed.home());
            }
        }

        @Override
        void restore(AgentTestbed testbed, Client client) {
            testbed.endStop(testbed.home());
            comeBack(testbed);
            ClusterTestbed.awaitQuiet(client);
        }
    },

    PREEMPTION("the preferred node comes back", 5, Duration.ofMillis(500)) {
        @Override
        void prepare(AgentTestbed testbed, Client client) {
            testbed.beginStop(testbed.home());
            testbed.endStop(testbed.home());
            ClusterTestbed.awaitQuiet(client);
        }

        @Override
        void act(AgentTestbed testbed, Incident incident) {
            comeBack(testbed);
        }
    },

    UPGRADE("restart of all agents, the holder's last", 2, Duration.ofMillis(500), Plane.KERNEL) {
        @Override
        void act(AgentTestbed testbed, Incident incident) {
            for (int i = testbed.nodes().size() - 1; i >= 0; i--) {
                Host node = testbed.nodes().get(i);
                testbed.beginStop(node);
                testbed.endStop(node);
                testbed.start(node);
            }
            testbed.awaitHome();
        }
    },

    AGENT_KILL("kill -9 of the holder's agent", 5, Duration.ofMillis(500), Plane.KERNEL) {
        @Override
        void act(AgentTestbed testbed, Incident incident) {
            testbed.kill(testbed.home());
            incident.awaitTakeover();
            testbed.awaitHolder(testbed.after(testbed.home()));
            incident.awaitQuiet();
            comeBack(testbed);
        }
    },

    /** Only what need not be lost is there to be lost: no session's backend is on the host that is cut off. */
    HOST_LOSS("the holder's host is cut off", 10, Duration.ofSeconds(1), Plane.KERNEL) {
        @Override
        public Result run(AgentTestbed testbed, int count) {
            testbed.askAll("drain " + testbed.home());
            try (Streams downloads = testbed.streams(10, "/download", "--http1.1")) {
                return super.run(testbed, count).alsoLost(downloads.lost());
            } finally {
                testbed.askAll("enable " + testbed.home());
            }
        }

        @Override
        void act(AgentTestbed testbed, Incident incident) {
            Fault.LINK_DOWN.inject(testbed, testbed.home());
            incident.awaitTakeover();
        }

        @Override
        void restore(AgentTestbed testbed, Client client) {
            Fault.LINK_DOWN.revert(testbed, testbed.home());
            testbed.awaitHome();
            ClusterTestbed.awaitQuiet(client);
        }
    },

    /**
     * A black hole would last until the client's neighbour table forgets the wrong address: many seconds. The sessions
     * are on the side that the client could see.
     */
    HEAL("a partition heals", 15, Duration.ofSeconds(1)) {
        @Override
        void prepare(AgentTestbed testbed, Client client) {
            Incident.begin(testbed, client, () -> Fault.PARTITION.inject(testbed, testbed.home()))
                    .awaitTakeover();
            ClusterTestbed.awaitQuiet(client);
        }

        @Override
        void act(AgentTestbed testbed, Incident incident) {
            Fault.PARTITION.revert(testbed, testbed.home());
            testbed.awaitHome();
        }
    },

    BACKEND_REFUSES("a backend refuses", 3, Duration.ofMillis(1100)) {
        @Override
        void act(AgentTestbed testbed, Incident incident) {
            loseBackend(testbed, incident, Backend::refuse);
        }

        @Override
        void restore(AgentTestbed testbed, Client client) {
            healBackend(testbed);
        }
    },

    BACKEND_SILENT("a backend is a black hole", 3, Duration.ofMillis(1100)) {
        @Override
        void act(AgentTestbed testbed, Incident incident) {
            loseBackend(testbed, incident, Backend::swallow);
        }

        @Override
        void restore(AgentTestbed testbed, Client client) {
            healBackend(testbed);
        }
    },

    MAP_CHANGES("drain and enable, 2000 connects/s", 100, Duration.ofMillis(500), Plane.KERNEL) {
        /** All changes are one incident, for the load of three clients. */
        @Override
        public Result run(AgentTestbed testbed, int count) {
            try (Client one = testbed.client(BUSY_CLIENT_INTERVAL, 50);
                    Client another = testbed.client(BUSY_CLIENT_INTERVAL, 50);
                    Client third = testbed.client(BUSY_CLIENT_INTERVAL, 0)) {
                Incident changes = Incident.begin(testbed, one, () -> change(testbed, count));
                Impact seen = changes.end();
                long nanos = changes.age().toNanos();
                Result result =
                        Result.of(count, List.of(seen, another.since(changes.begin()), third.since(changes.begin())));
                return result.noting(result.connects() * 1_000_000_000L / nanos + " connects/s");
            }
        }

        private void change(AgentTestbed testbed, int count) {
            for (int round = 0; round < count; round++) {
                testbed.askAll((round % 2 == 0 ? "drain " : "enable ")
                        + testbed.nodes().get(round / 2 % 3));
            }
            if (count % 2 == 1) {
                testbed.askAll("enable " + testbed.nodes().get(count / 2 % 3));
            }
        }
    };

    /** Three of them make 2000 connects a second and more. */
    private static final Duration BUSY_CLIENT_INTERVAL = Duration.ofMillis(1);

    private static final int CONNECTS_WITHOUT_BACKEND = 300;
    /** Until the checks see again a backend that is healed. */
    private static final Duration RISE_TIME = Duration.ofSeconds(4);

    private static final Set<Experiment> MOVES = EnumSet.of(PLANNED_MOVES, STOP, PREEMPTION);
    private static final Set<Experiment> UNPLANNED = EnumSet.of(AGENT_KILL, HOST_LOSS);

    private final String title;
    private final int rounds;
    private final Duration allowedOutage;
    private final List<Plane> planes;

    Experiment(String title, int rounds, Duration allowedOutage, Plane... planes) {
        this.title = title;
        this.rounds = rounds;
        this.allowedOutage = allowedOutage;
        this.planes = planes.length == 0 ? List.of(Plane.KERNEL, Plane.PROXY) : List.of(planes);
    }

    /**
     * Does it again and again, until m1 holds the VIP as in the beginning.
     *
     * @param count how many rounds at least
     */
    public Result run(AgentTestbed testbed, int count) {
        List<Impact> impacts = new ArrayList<>();
        List<Duration> takeovers = new ArrayList<>();
        try (Client client = testbed.client()) {
            while (impacts.size() < count || !testbed.isHome()) {
                prepare(testbed, client);
                impacts.add(Incident.measure(testbed, client, incident -> {
                    act(testbed, incident);
                    incident.takeover().map(Takeover::after).ifPresent(takeovers::add);
                }));
                restore(testbed, client);
            }
        }
        Result result = Result.of(impacts.size(), impacts);
        return UNPLANNED.contains(this) ? result.noting(newHolderAfter(takeovers)) : result;
    }

    /** What comes before a round and is not measured. */
    void prepare(AgentTestbed testbed, Client client) {}

    /** What befalls the cluster, and what of its consequences is waited for. */
    void act(AgentTestbed testbed, Incident incident) {}

    /** What comes after a round and is not measured. */
    void restore(AgentTestbed testbed, Client client) {}

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

    private static void comeBack(AgentTestbed testbed) {
        testbed.start(testbed.home());
        testbed.awaitHome();
    }

    private static String newHolderAfter(List<Duration> takeovers) {
        return "new holder after at most "
                + takeovers.stream().mapToLong(Duration::toMillis).max().orElse(0) + " ms";
    }

    /** Three hundred new connections and more; sessions of the backend go on. */
    private static void loseBackend(AgentTestbed testbed, Incident incident, Consumer<Backend> trouble) {
        trouble.accept(testbed.backend(testbed.home()));
        Await.until(
                CONNECTS_WITHOUT_BACKEND + " connects were tried",
                ClusterTestbed.AWAIT_TIMEOUT,
                () -> incident.known().connects() >= CONNECTS_WITHOUT_BACKEND);
    }

    private static void healBackend(AgentTestbed testbed) {
        testbed.backend(testbed.home()).heal();
        Await.pause(RISE_TIME);
    }
}
