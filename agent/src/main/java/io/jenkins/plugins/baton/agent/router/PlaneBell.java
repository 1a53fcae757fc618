package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.LinuxException;
import java.util.concurrent.TimeUnit;

/** Tells a {@link PlaneHook}, from the election's thread, without ever waiting for it longer than agreed. */
final class PlaneBell implements AutoCloseable {
    /** Below the election's own thread, above every ordinary one: the election waits for it. */
    private static final int PRIORITY = 10;

    private final PlaneHook hook;
    private final Outbox outbox;

    private PlaneBell(PlaneHook hook, Outbox outbox) {
        this.hook = hook;
        this.outbox = outbox;
    }

    static PlaneBell open(PlaneHook hook) throws LinuxException {
        return new PlaneBell(hook, Outbox.open("vrrp-plane", PRIORITY));
    }

    void hostChanged(String node, boolean present) {
        outbox.post(() -> hook.hostChanged(node, present));
    }

    /** Waits; returns whether the plane was ready in time. */
    boolean taking(Move move) {
        outbox.post(() -> hook.taking(move));
        return outbox.await(TimeUnit.MILLISECONDS.toNanos(PlaneHook.PATIENCE_MILLIS));
    }

    void releasing(Move move) {
        outbox.post(() -> hook.releasing(move));
    }

    void released(Move move) {
        outbox.post(() -> hook.released(move));
    }

    @Override
    public void close() {
        outbox.close();
    }
}
