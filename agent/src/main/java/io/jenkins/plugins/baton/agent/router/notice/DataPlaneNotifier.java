package io.jenkins.plugins.baton.agent.router.notice;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.util.concurrent.TimeUnit;

/** Tells a {@link VipTransitionListener}, from the election's thread, without ever waiting for it longer than agreed. */
public final class DataPlaneNotifier implements MoveNotices, AutoCloseable {
    /** Below the election's own thread, above every ordinary one: the election waits for it. */
    private static final int PRIORITY = 10;

    private final VipTransitionListener vipListener;
    private final Outbox outbox;

    private DataPlaneNotifier(VipTransitionListener vipListener, Outbox outbox) {
        this.vipListener = vipListener;
        this.outbox = outbox;
    }

    public static DataPlaneNotifier open(VipTransitionListener vipListener) throws LinuxException {
        return new DataPlaneNotifier(vipListener, Outbox.open("vrrp-plane", PRIORITY));
    }

    @Override
    public void hostChanged(String node, boolean present) {
        outbox.post(() -> vipListener.hostChanged(node, present));
    }

    @Override
    public boolean taking(Move move) {
        outbox.post(() -> vipListener.taking(move));
        return outbox.await(TimeUnit.MILLISECONDS.toNanos(VipTransitionListener.TAKING_TIMEOUT_MILLIS));
    }

    @Override
    public void releasing(Move move) {
        outbox.post(() -> vipListener.releasing(move));
    }

    @Override
    public void released(Move move) {
        outbox.post(() -> vipListener.released(move));
    }

    @Override
    public void close() {
        outbox.close();
    }
}
