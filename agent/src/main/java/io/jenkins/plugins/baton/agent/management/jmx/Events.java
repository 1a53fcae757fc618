package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.health.HealthChange;
import io.jenkins.plugins.baton.agent.health.NamedChecks;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.PlaneListener;
import io.jenkins.plugins.baton.agent.router.Conflict;
import io.jenkins.plugins.baton.agent.router.RouterListener;
import io.jenkins.plugins.baton.agent.router.RouterSnapshot;
import io.jenkins.plugins.baton.cluster.Check;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.State;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in the other components, told in order to the log, to JMX listeners and to watchers. It has a thread of its
 * own, so that a log that blocks (a full disk, a stopped journald) never stops a component.
 */
public final class Events implements RouterListener, PlaneListener, NamedChecks.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    /** More than this are waiting only when nobody can read them any more; then the newest are dropped. */
    private static final int MAX_WAITING = 10_000;

    private final AtomicLong dropped = new AtomicLong();
    private final ThreadPoolExecutor teller;
    private final Consumer<Throwable> onDeath;
    private volatile AgentBeans beans;

    /** @param onDeath told when the real-time thread ends by a mistake of ours, on that thread's behalf */
    public Events(Consumer<Throwable> onDeath) {
        this.onDeath = onDeath;
        teller = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                Events::daemon,
                (event, full) -> dropped.incrementAndGet());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "baton-events");
        thread.setDaemon(true);
        return thread;
    }

    /** How many events nobody was told of, because the log did not take what came before. */
    public long dropped() {
        return dropped.get();
    }

    /** From now on these beans send notifications. What happened before is in the log only. */
    public void tellTo(AgentBeans newBeans) {
        beans = newBeans;
    }

    @Override
    public void stateChanged(RouterSnapshot before, RouterSnapshot after) {
        String reason = after.stateReason();
        teller.execute(() -> {
            LOG.info("virtual router {}: {} -> {}: {}", after.name(), before.state(), after.state(), reason);
            changed(
                    ObjectNames.virtualRouter(after.name()),
                    "State",
                    before.state().name(),
                    after.state().name(),
                    reason,
                    after.stateSince());
        });
    }

    @Override
    public void reasonChanged(RouterSnapshot before, RouterSnapshot after) {
        String reason = after.stateReason();
        teller.execute(() -> LOG.info("virtual router {}: {}: {}", after.name(), after.state(), reason));
        routerChanged(after.name(), "StateReason", before.stateReason(), reason, reason);
    }

    @Override
    public void conflictSeen(String router, Conflict conflict) {
        String message = conflict.sentence();
        teller.execute(() -> {
            LOG.warn("virtual router {}: {}", router, message);
            if (beans != null) {
                beans.conflictSeen(ObjectNames.virtualRouter(router), message);
            }
        });
    }

    @Override
    public void unheardMaster(String router, String node, boolean unheard, State state) {
        String message = !unheard
                ? "adverts of " + node + " arrive here again, or it is MASTER no more"
                : (state == State.MASTER ? "two nodes are MASTER, this one and " + node : node + " is MASTER")
                        + ", as its agent says over the peer link, but its adverts do not arrive here: something drops"
                        + " protocol 112 between the nodes, most likely a firewall; let it pass on both";
        teller.execute(() -> {
            if (unheard) {
                LOG.warn("virtual router {}: {}", router, message);
            } else {
                LOG.info("virtual router {}: {}", router, message);
            }
            changed(
                    ObjectNames.virtualRouter(router),
                    "UnheardMasters",
                    unheard ? "" : node,
                    unheard ? node : "",
                    message,
                    Instant.now());
        });
    }

    @Override
    public void hostChanged(String node, boolean present) {
        teller.execute(() -> {
            if (present) {
                LOG.info("host of {}: it answers", node);
            } else {
                LOG.warn("host of {}: unreachable (no advert, ARP or neighbour discovery reply)", node);
            }
        });
    }

    /** Something happened to another node's agent. */
    public void agentSeen(String node, String what) {
        teller.execute(() -> LOG.info("agent of {}: {}", node, what));
    }

    @Override
    public void warned(String sentence) {
        teller.execute(() -> LOG.warn("{}", sentence));
    }

    @Override
    public void died(Throwable cause) {
        onDeath.accept(cause);
    }

    @Override
    public void backendChanged(BackendView backend, HealthChange change) {
        teller.execute(() -> {
            LOG.info(
                    "backend {}/{}: {} -> {}: {}",
                    backend.frontend(),
                    backend.name(),
                    change.from(),
                    change.to(),
                    change.reason());
            healthChanged(ObjectNames.backend(backend.frontend(), backend.name()), "Health", change);
        });
    }

    @Override
    public void planeChanged(String frontend, PlaneChoice before, PlaneChoice after) {
        Instant at = Instant.now();
        teller.execute(() -> {
            boolean same = before.plane().equals(after.plane());
            LOG.info(
                    "frontend {}: {} by the {}: {}",
                    frontend,
                    same ? "still served" : "served",
                    after.plane(),
                    after.reason());
            if (same) {
                changed(
                        ObjectNames.frontend(frontend),
                        "PlaneReason",
                        before.reason(),
                        after.reason(),
                        after.reason(),
                        at);
            } else {
                changed(ObjectNames.frontend(frontend), "Plane", before.plane(), after.plane(), after.reason(), at);
            }
        });
    }

    @Override
    public void changed(Check check, HealthChange change) {
        teller.execute(() -> {
            LOG.info("check {}: {} -> {}: {}", check.name(), change.from(), change.to(), change.reason());
            healthChanged(ObjectNames.check(check.name()), "Result", change);
        });
    }

    /** An attribute of the agent itself changed. */
    public void agentChanged(String attribute, Object oldValue, Object newValue, String reason) {
        teller.execute(() -> changed(ObjectNames.agent(), attribute, oldValue, newValue, reason, Instant.now()));
    }

    /** A virtual router's attribute other than its state changed. */
    void routerChanged(String router, String attribute, Object oldValue, Object newValue, String reason) {
        teller.execute(
                () -> changed(ObjectNames.virtualRouter(router), attribute, oldValue, newValue, reason, Instant.now()));
    }

    private void healthChanged(ObjectName bean, String attribute, HealthChange change) {
        changed(bean, attribute, change.from().name(), change.to().name(), change.reason(), change.at());
    }

    private void changed(
            ObjectName bean, String attribute, Object oldValue, Object newValue, String reason, Instant at) {
        if (beans != null) {
            beans.changed(new Change(bean, attribute, oldValue, newValue, reason, at));
        }
    }

    /** Tells what is still waiting, for a second at most. */
    @Override
    public void close() {
        teller.shutdown();
        try {
            teller.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
