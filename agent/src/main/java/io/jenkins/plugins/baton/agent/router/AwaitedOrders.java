package io.jenkins.plugins.baton.agent.router;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What others wait for of the real-time thread, which may end before it has done it. Safe for any thread. */
final class AwaitedOrders {
    private final Set<CompletableFuture<?>> awaited = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    /** To be called before the thread is told of the order. */
    void add(CompletableFuture<?> outcome) {
        awaited.add(outcome);
        outcome.whenComplete((result, failure) -> awaited.remove(outcome));
        if (ended) {
            refuseAll();
        }
    }

    /** The thread does nothing any more: who waits, now or later, is refused. */
    void end() {
        ended = true;
        refuseAll();
    }

    private void refuseAll() {
        OperationRefusedException refused =
                OperationRefusedException.failed("the virtual routers of this agent have ended");
        awaited.forEach(outcome -> outcome.completeExceptionally(refused));
    }
}
