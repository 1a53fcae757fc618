package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Something that befalls a testbed, from its beginning until the client is served again, and what the client noticed. */
public final class Incident {
    private final ClusterTestbed testbed;
    private final Client client;
    private final long begin = System.nanoTime();

    /** Who took over from m1, and how long after the beginning. */
    public record Takeover(Host by, Duration after) {}

    private Incident(ClusterTestbed testbed, Client client) {
        this.testbed = testbed;
        this.client = client;
    }

    /** It begins, and is done; {@link #end} is still to come. For one who watches meanwhile. */
    static Incident begin(ClusterTestbed testbed, Client client, Runnable act) {
        Incident incident = new Incident(testbed, client);
        act.run();
        return incident;
    }

    /**
     * Begins, acts, waits until the client is served again.
     *
     * @param act what is done, and what of its consequences is waited for
     * @return what the client noticed from the beginning on
     */
    public static Impact measure(ClusterTestbed testbed, Client client, Consumer<Incident> act) {
        Incident incident = new Incident(testbed, client);
        act.accept(incident);
        return incident.end();
    }

    /** On the clock of {@link System#nanoTime}. */
    public long begin() {
        return begin;
    }

    /** What the client is known to have noticed up to now. */
    public Impact known() {
        return client.knownSince(begin);
    }

    public void awaitQuiet() {
        ClusterTestbed.awaitQuiet(client);
    }

    Impact end() {
        awaitQuiet();
        return client.since(begin);
    }

    Duration age() {
        return after(System.nanoTime());
    }

    void awaitAge(Duration age) {
        Duration left = age.minus(age());
        if (!left.isNegative()) {
            Await.pause(left);
        }
    }

    /** Waits until another node than m1 has got the VIP. */
    public Takeover awaitTakeover() {
        Await.until(
                "another node holds the VIP",
                ClusterTestbed.AWAIT_TIMEOUT,
                () -> takeover().isPresent());
        return takeover().orElseThrow();
    }

    Optional<Takeover> takeover() {
        return testbed.vip().since(begin).stream()
                .filter(tenure -> tenure.host() != testbed.home())
                .findFirst()
                .map(tenure -> new Takeover(tenure.host(), after(tenure.since())));
    }

    /** How long the VIP stayed on a node; empty when it is still there. */
    Optional<Duration> vipOff(Host node) {
        return testbed.vip().history().stream()
                .filter(tenure -> tenure.host() == node && !tenure.lasts() && tenure.until() - begin > 0)
                .map(Tenure::until)
                .findFirst()
                .map(this::after);
    }

    private Duration after(long nanoTime) {
        return Duration.ofNanos(nanoTime - begin);
    }
}
