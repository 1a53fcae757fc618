package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.bench.Rows;
import io.jenkins.plugins.baton.lab.bench.Samples;
import io.jenkins.plugins.baton.lab.usage.MemoryUse;
import java.time.Duration;
import java.util.function.Consumer;

/** What a balancer can carry and what that costs: rounds in which all candidates take turns at each measurement. */
public final class Load {
    /** Agents give back what their start needed after half a minute. */
    private static final Duration IDLE = Duration.ofSeconds(40);

    private static final int WARM_UP_SECONDS = 2;
    private static final int IDLE_CONNECTIONS = 9000;
    private static final int OPEN_LOOP_RATE = 6000;

    private final LoadLab lab;
    private final int seconds;
    private final Samples samples;

    private Load(LoadLab lab, int seconds, Samples samples) {
        this.lab = lab;
        this.seconds = seconds;
        this.samples = samples;
    }

    /**
     * One round, from the start of the balancers on.
     *
     * @param seconds how long each measurement takes
     */
    public static void round(Agent agent, int seconds, Samples samples) {
        try (LoadLab lab = LoadLab.open(agent)) {
            new Load(lab, seconds, samples).run();
        }
    }

    private void run() {
        atRest();
        turns(to -> Wrk.keepAlive(to, 64, WARM_UP_SECONDS));
        turns(to -> requests(to, 64));
        turns(to -> requests(to, 256));
        turns(to -> Wrk.connectionEach(to, 8, WARM_UP_SECONDS));
        turns(this::connections);
        turns(this::openLoop);
        turns(to -> bulk(to, 1, false, Rows.UP_1));
        turns(to -> bulk(to, 1, true, Rows.DOWN_1));
        turns(to -> bulk(to, 8, false, Rows.UP_8));
        turns(to -> bulk(to, 8, true, Rows.DOWN_8));
    }

    private void turns(Consumer<Candidate> measurement) {
        lab.candidates().forEach(measurement);
    }

    private void atRest() {
        samples.add(Rows.START, Candidates.HAPROXY, lab.haproxyStartMillis());
        samples.add(Rows.START, Candidates.PROXY, lab.agentStartMillis());
        Await.pause(IDLE);
        turns(this::memoryIdle);
        turns(this::memoryWithConnections);
    }

    /** One process of each kind; the second haproxy differs under load only. */
    private void memoryIdle(Candidate who) {
        if (!who.daemons().isEmpty()) {
            samples.add(
                    Rows.MEMORY_IDLE,
                    who.name(),
                    MemoryUse.of(who.daemons().subList(0, 1)).resident());
        }
    }

    /** In the kernel plane connections have no memory in a process. */
    private void memoryWithConnections(Candidate who) {
        if (who.daemons().size() == 1) {
            IdleClient client = IdleClient.open(who, IDLE_CONNECTIONS);
            samples.add(
                    Rows.MEMORY_9000,
                    who.name(),
                    MemoryUse.of(who.daemons().subList(0, 1)).resident());
            client.close();
        }
    }

    private void requests(Candidate to, int connections) {
        CpuMeter cpu = new CpuMeter(to.daemons());
        Wrk wrk = Wrk.keepAlive(to, connections, seconds);
        samples.add(connections == 64 ? Rows.REQUESTS_64 : Rows.REQUESTS_256, to.name(), wrk.perSecond());
        if (connections == 64) {
            cost(Rows.CPU_REQUEST, Rows.CPU_REQUEST_MACHINE, to, cpu, wrk.count() / 1e6);
        }
    }

    private void connections(Candidate to) {
        CpuMeter cpu = new CpuMeter(to.daemons());
        Wrk wrk = Wrk.connectionEach(to, 8, seconds);
        samples.add(Rows.CONNECTIONS, to.name(), wrk.perSecond());
        cost(Rows.CPU_CONNECTION, Rows.CPU_CONNECTION_MACHINE, to, cpu, wrk.count() / 1e6);
    }

    private void openLoop(Candidate to) {
        String[] percentiles = to.client()
                .run(Program.command(
                                OpenLoop.class,
                                to.address(),
                                Integer.toString(to.webPort()),
                                Integer.toString(OPEN_LOOP_RATE),
                                Integer.toString(seconds))
                        .toArray(String[]::new))
                .orThrow()
                .output()
                .split(" ");
        samples.add(Rows.P50, to.name(), Double.parseDouble(percentiles[0]));
        samples.add(Rows.P99, to.name(), Double.parseDouble(percentiles[1]));
    }

    private void bulk(Candidate to, int streams, boolean down, String row) {
        CpuMeter cpu = new CpuMeter(to.daemons());
        Iperf iperf = Iperf.run(to, streams, down, seconds);
        samples.add(row, to.name(), iperf.gigabytesPerSecond());
        cost(Rows.CPU_GIGABYTE, Rows.CPU_GIGABYTE_MACHINE, to, cpu, iperf.gigabytes());
    }

    private void cost(String ofBalancer, String ofMachine, Candidate to, CpuMeter cpu, double amount) {
        if (!to.daemons().isEmpty()) {
            samples.add(ofBalancer, to.name(), cpu.processSeconds() / amount);
        }
        samples.add(ofMachine, to.name(), cpu.machineSeconds() / amount);
    }
}
