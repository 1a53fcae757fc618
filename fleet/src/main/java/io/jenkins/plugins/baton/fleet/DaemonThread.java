package io.jenkins.plugins.baton.fleet;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the program from its end. */
public final class DaemonThread {
    private DaemonThread() {}

    /** One that has not been started. */
    public static Thread of(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    public static Thread start(String name, Runnable work) {
        Thread thread = of(name, work);
        thread.start();
        return thread;
    }

    /** @param name of each thread */
    public static ThreadFactory named(String name) {
        return work -> of(name, work);
    }
}
