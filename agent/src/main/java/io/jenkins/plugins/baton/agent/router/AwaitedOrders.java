package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
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

    /** What somebody waits for. */
    @FunctionalInterface
    interface Order {
        void run() throws LinuxException;
    }

    /** Does it on the real-time thread and tells the outcome, also of a defect, by which the thread dies: nobody waits for ever. */
    static void perform(CompletableFuture<Void> outcome, Order order) {
        try {
            order.run();
            outcome.complete(null);
        } catch (LinuxException e) {
            outcome.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(OperationRefusedException.broken(e));
            throw e;
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
