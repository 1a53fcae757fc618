package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.masters.Lock;
import io.jenkins.plugins.baton.fleet.masters.Master;
import io.jenkins.plugins.baton.fleet.masters.Masters;
import io.jenkins.plugins.baton.fleet.masters.Script;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the agent off all nodes and proves that nothing is left; the owner of virtual addresses goes last. */
public final class Removal {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Cluster cluster;
    private final Masters masters;
    private final Progress progress;
    /** Nodes whose keepalived runs again: the virtual addresses may be there. */
    private final Set<String> givenBack = new HashSet<>();

    public Removal(Cluster cluster, Masters masters, Progress progress) {
        this.cluster = cluster;
        this.masters = masters;
        this.progress = progress;
    }

    /** @return the nodes whose keepalived, and haproxy where there was one, run again as before the deployment */
    public Set<String> run() throws FleetException {
        Lock lock = Lock.take(masters, "undeploy", progress);
        try {
            locked();
            return Set.copyOf(givenBack);
        } finally {
            lock.close();
        }
    }

    private void locked() throws FleetException {
        View view = masters.view();
        List<Master> ordered = new ArrayList<>(masters.all());
        ordered.sort(Comparator.comparing(master -> cluster.virtualRouters().stream()
                .anyMatch(router -> view.masters(router.name()).contains(master.name()))));
        List<String> failures = new ArrayList<>();
        Uninstallation uninstallation = new Uninstallation(cluster, progress);
        for (Master master : ordered) {
            try {
                if (uninstallation.of(master).contains("keepalived")) {
                    givenBack.add(master.name());
                }
                progress.say(master.name(), "the agent is gone");
            } catch (SshException e) {
                failures.add(e.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw FleetException.failed(failures);
        }
        List<String> addresses = cluster.virtualRouters().stream()
                .flatMap(router -> router.addresses().stream())
                .map(address -> address.address().getHostAddress())
                .toList();
        List<String> remains = remains(addresses);
        // An address on lo for sessions that drained is a lease: the kernel takes it away within seconds.
        for (long end = System.nanoTime() + LEASE.toNanos(); !remains.isEmpty() && System.nanoTime() < end; ) {
            pause();
            remains = remains(addresses);
        }
        if (!remains.isEmpty()) {
            throw FleetException.failed(remains);
        }
    }

    private List<String> remains(List<String> addresses) throws FleetException {
        Map<String, String> left = masters.each(master ->
                master.require("look for remains", Script.of(Removal.class, "left.sh",
                        givenBack.contains(master.name()) ? List.<String>of() : addresses)).strip());
        List<String> remains = new ArrayList<>();
        left.forEach((node, what) -> {
            if (!what.isEmpty()) {
                remains.add(node + ": left over: " + what.replace("\n", ", "));
            }
        });
        return remains;
    }

    private static void pause() throws FleetException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetException.failed("interrupted while looking for remains", e);
        }
    }
}
