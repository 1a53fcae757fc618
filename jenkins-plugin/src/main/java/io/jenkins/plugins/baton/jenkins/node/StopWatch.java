package io.jenkins.plugins.baton.jenkins.node;

/**
 * Interrupts an errand when the build wants it to end, and also when the controller cannot be asked any more: a fault
 * that nobody watches has to end.
 */
final class StopWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 500;

    private final Thread watcher;

    StopWatch(StopSignal signal, Thread errand) {
        watcher = new Thread(() -> watch(signal, errand), "baton-stop-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void watch(StopSignal signal, Thread errand) {
        try {
            while (!wanted(signal)) {
                Thread.sleep(PAUSE_MILLIS);
            }
            errand.interrupt();
        } catch (InterruptedException e) {
            // The errand has ended first.
            Thread.currentThread().interrupt();
        }
    }

    private static boolean wanted(StopSignal signal) {
        try {
            return signal.isSet();
        } catch (RuntimeException e) {
            // The proxy's way of saying that the channel to the controller is closed.
            return !Thread.currentThread().isInterrupted();
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
        // An interrupt that came too late to matter must not hit what this thread does next.
        boolean late = Thread.interrupted();
        try {
            watcher.join(2 * PAUSE_MILLIS);
        } catch (InterruptedException e) {
            late = true;
        }
        if (late) {
            Thread.interrupted();
        }
    }
}
