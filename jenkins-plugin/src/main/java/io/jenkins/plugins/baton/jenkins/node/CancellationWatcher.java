package io.jenkins.plugins.baton.jenkins.node;

/**
 * Interrupts a callable when the build wants it to end, and also when the controller cannot be asked any more: a fault
 * that nobody watches has to end.
 */
final class CancellationWatcher implements AutoCloseable {
    private static final long POLL_INTERVAL_MILLIS = 500;

    private final Thread watcher;

    CancellationWatcher(CancellationSignal signal, Thread callable) {
        watcher = new Thread(() -> watch(signal, callable), "baton-cancellation");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void watch(CancellationSignal signal, Thread callable) {
        try {
            while (!wanted(signal)) {
                Thread.sleep(POLL_INTERVAL_MILLIS);
            }
            callable.interrupt();
        } catch (InterruptedException e) {
            // The callable has ended first.
            Thread.currentThread().interrupt();
        }
    }

    private static boolean wanted(CancellationSignal signal) {
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
            watcher.join(2 * POLL_INTERVAL_MILLIS);
        } catch (InterruptedException e) {
            late = true;
        }
        if (late) {
            Thread.interrupted();
        }
    }
}
