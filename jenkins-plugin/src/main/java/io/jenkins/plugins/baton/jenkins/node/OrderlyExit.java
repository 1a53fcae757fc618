package io.jenkins.plugins.baton.jenkins.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program of a Jenkins node ends when its channel does. While this is open it waits then for the work of one thread, which
 * is interrupted and puts things in order first.
 */
final class OrderlyExit implements AutoCloseable {
    private static final long LIMIT_SECONDS = 240;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private OrderlyExit(Thread worker) {
        this.hook = new Thread(() -> await(worker), "baton-exit");
    }

    static OrderlyExit of(Thread worker) {
        OrderlyExit exit = new OrderlyExit(worker);
        try {
            Runtime.getRuntime().addShutdownHook(exit.hook);
        } catch (IllegalStateException e) {
            // It ends already: what begins now is interrupted with everything else.
            worker.interrupt();
        }
        return exit;
    }

    private void await(Thread worker) {
        worker.interrupt();
        try {
            if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program ends: it waited for this.
            return;
        }
    }
}
