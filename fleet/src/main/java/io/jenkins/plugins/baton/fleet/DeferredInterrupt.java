package io.jenkins.plugins.baton.fleet;

/**
 * Keeps an interrupt of the calling thread from work that has to be done all the same, and interrupts the thread again at the
 * end. An interrupt that comes meanwhile interrupts the work.
 */
public final class DeferredInterrupt {
    private DeferredInterrupt() {}

    /** Work with a result. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** @param interrupted whether there is an interrupt that waits */
        T run(boolean interrupted) throws E;
    }

    /** Work without a result. */
    @FunctionalInterface
    public interface Task<E extends Exception> {
        void run() throws E;
    }

    public static <T, E extends Exception> T during(Work<T, E> work) throws E {
        boolean interrupted = Thread.interrupted();
        try {
            return work.run(interrupted);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public static <E extends Exception> void during(Task<E> task) throws E {
        during(interrupted -> {
            task.run();
            return null;
        });
    }
}
