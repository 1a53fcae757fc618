package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.router.notice.Notices;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** What operators wait for: the ends of their handovers and suspensions. Kept on the outbox's thread, which may wait. */
final class PendingOperations {
    private final Notices outbox;
    private final Deque<CompletableFuture<Void>> handovers = new ArrayDeque<>();
    private final Queue<CompletableFuture<Void>> suspensions = new ArrayDeque<>();

    PendingOperations(Notices outbox) {
        this.outbox = outbox;
    }

    void handover(CompletableFuture<Void> outcome) {
        handovers.add(outcome);
    }

    void suspension(CompletableFuture<Void> outcome) {
        suspensions.add(outcome);
    }

    /** Handovers end in the order in which they were asked for. */
    void handoverEnded(Action.HandoverEnded ended) {
        CompletableFuture<Void> outcome = handovers.pollFirst();
        if (outcome != null && ended.moved()) {
            outbox.post(() -> outcome.complete(null));
        } else if (outcome != null) {
            fail(outcome, ended.outcome());
        }
    }

    /** It is refused as soon as it is asked for. */
    void handoverRefused(Action.HandoverRefused refused) {
        CompletableFuture<Void> outcome = handovers.pollLast();
        if (outcome != null) {
            fail(outcome, refused.reason());
        }
    }

    private void fail(CompletableFuture<Void> outcome, String reason) {
        outbox.post(() -> outcome.completeExceptionally(OperationRefusedException.failed(reason)));
    }

    /** The addresses are given away, or the suspension was taken back before they were. */
    void suspensionsEnded() {
        for (CompletableFuture<Void> outcome : suspensions) {
            outbox.post(() -> outcome.complete(null));
        }
        suspensions.clear();
    }
}
