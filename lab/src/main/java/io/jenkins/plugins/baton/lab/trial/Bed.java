package io.jenkins.plugins.baton.lab.trial;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.Plan;
import io.jenkins.plugins.baton.lab.Testbed;
import io.jenkins.plugins.baton.lab.VipWatch;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The bed on which trials are run: three masters, each with a backend and an agent. m1 holds the VIP when all is well. */
public final class Bed implements Testbed {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    public static final Duration CALM = Duration.ofSeconds(1);
    /** Nothing ends by it: who has seen enough stops the agent a second time. */
    static final Duration DRAIN = Duration.ofMinutes(5);

    private static final int SESSIONS = 100;
    private static final Duration CONNECT_INTERVAL = Duration.ofMillis(5);
    private static final Duration CLIENT_LIMIT = Duration.ofMinutes(10);

    private final Agent agent;
    private final Setting setting;
    private final Lab lab = Lab.withMasters(3);
    private final Map<Host, Backend> backends = new LinkedHashMap<>();
    private final Map<Host, Daemon> agents = new LinkedHashMap<>();
    private final Path clusterFile;
    private final VipWatch vip;

    /** All is well when this returns. */
    public Bed(Agent agent, Setting setting) {
        this.agent = agent;
        this.setting = setting;
        masters().forEach(master -> backends.put(master, Backend.start(master)));
        vip = VipWatch.start(setting.vip(), masters());
        clusterFile = lab.client().write("cluster.yaml", setting.clusterFile(masters()));
        try {
            masters().forEach(this::startAgent);
            awaitHome();
            masters().forEach(this::awaitPlane);
        } catch (LabException e) {
            String told = logs();
            close();
            throw new LabException(e.getMessage() + "\n" + told, e);
        }
    }

    public Setting setting() {
        return setting;
    }

    public Lab lab() {
        return lab;
    }

    public List<Host> masters() {
        return lab.masters();
    }

    /** The master that holds the VIP when all is well. */
    public Host home() {
        return masters().get(0);
    }

    public Host after(Host master) {
        return masters().get((masters().indexOf(master) + 1) % masters().size());
    }

    public Backend backend(Host master) {
        return backends.get(master);
    }

    public void kill(Host master) {
        agents.get(master).kill();
    }

    public VipWatch vip() {
        return vip;
    }

    public void startAgent(Host master) {
        agents.put(master, agent.start(master, clusterFile));
        Await.until("the agent on " + master + " answers", PATIENCE, () -> agent.isReady(master));
    }

    /** SIGTERM: another master takes the VIP, and the agent waits for its sessions. */
    public void beginStop(Host master) {
        agents.get(master).terminate();
        if (vip.holders().contains(master)) {
            Await.until("another master holds the VIP", PATIENCE,
                    () -> vip.holder().filter(holder -> holder != master).isPresent());
        }
    }

    /** SIGTERM once more: it waits no longer. */
    public void endStop(Host master) {
        agents.get(master).stop();
    }

    public void restart(Host master) {
        beginStop(master);
        endStop(master);
        startAgent(master);
    }

    /** The kernel plane begins when the agents know of each other that they can. */
    private void awaitPlane(Host master) {
        String plane = setting.plane().name().toLowerCase(Locale.ROOT);
        Pattern served = Pattern.compile("\"plane\"\\s*:\\s*\"" + plane + "\"");
        Await.until(master + " serves clients by the " + plane + " plane", PATIENCE,
                () -> served.matcher(ask(master, "status json")).find());
    }

    public String ask(Host master, String question) {
        return agent.ask(master, question);
    }

    public void askAll(String question) {
        masters().forEach(master -> ask(master, question));
    }

    public void awaitHolder(Host master) {
        Await.until(master + " alone holds the VIP", PATIENCE, () -> vip.holders().equals(List.of(master)));
    }

    public void awaitHome() {
        awaitHolder(home());
    }

    /** A hundred sessions, and a new connection every 5 ms; it is served when this returns. */
    public Client client() {
        return client(CONNECT_INTERVAL, SESSIONS);
    }

    public Client client(Duration interval, int sessions) {
        Client client = Client.start(
                lab.client(), setting.vip(), Plan.FRONTEND_PORT, interval, sessions, CLIENT_LIMIT);
        client.awaitCalm(CALM, PATIENCE);
        return client;
    }

    public Streams streams(int count, String path, String http) {
        return Streams.start(lab.client(), count, setting.url(path), http);
    }

    /** Makes all well again, whatever a trial left. */
    public void recover() {
        for (Host master : masters()) {
            lab.lan().portUp(master);
            lab.lan().rejoin(master);
            if (!agents.get(master).isAlive()) {
                startAgent(master);
            }
        }
        askAll("enable " + home());
        awaitHome();
    }

    /** What every program on it wrote, for a failure that has to be explained. */
    @Override
    public String logs() {
        StringBuilder text = new StringBuilder();
        lab.daemons().forEach(daemon -> text.append("--- ").append(daemon.name()).append('\n').append(daemon.log()));
        return text.toString();
    }

    @Override
    public void close() {
        vip.close();
        lab.close();
    }
}
