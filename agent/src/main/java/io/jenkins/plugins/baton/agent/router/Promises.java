package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.vrrp.Action;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** What operators wait for: the ends of their handovers and suspensions. Kept on the outbox's thread, which may wait. */
final class Promises {
    private final Outbox outbox;
    private final Queue<CompletableFuture<Void>> handovers = new ArrayDeque<>();
    private final Queue<CompletableFuture<Void>> suspensions = new ArrayDeque<>();

    Promises(Outbox outbox) {
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
        CompletableFuture<Void> outcome = handovers.poll();
        if (outcome != null) {
            outbox.post(() -> {
                if (ended.moved()) {
                    outcome.complete(null);
                } else {
                    outcome.completeExceptionally(new IllegalStateException(ended.outcome()));
                }
            });
        }
    }

    /** The addresses are given away, or the suspension was taken back before they were. */
    void suspensionsEnded() {
        for (CompletableFuture<Void> outcome : suspensions) {
            outbox.post(() -> outcome.complete(null));
        }
        suspensions.clear();
    }
}
