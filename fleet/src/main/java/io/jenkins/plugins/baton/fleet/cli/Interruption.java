package io.jenkins.plugins.baton.fleet.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: what is under way is interrupted and may end in order (a drill ends its fault, a lock is freed)
 * before the program goes. Its exit code is then the signal's, 130 or 143.
 */
final class Interruption {
    /** For what has no time of its own. */
    private static volatile Duration cleanUpTimeout = Duration.ofSeconds(60);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);

    /** For what the calling thread is about to do. */
    static Interruption guard() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::hurry, "interruption"));
        return interruption;
    }

    /** What is under way now may take so long to put things in order. */
    static void allow(Duration time) {
        cleanUpTimeout = time;
    }

    /** It has been done, and everything about it was said. */
    void done() {
        done.countDown();
    }

    private void hurry() {
        if (done.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            if (!done.await(cleanUpTimeout.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("baton: not ended in order within " + cleanUpTimeout.toSeconds()
                        + " s; a drill's fault or a maintenance, if there is one, ends by itself on the nodes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
