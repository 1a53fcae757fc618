package io.jenkins.plugins.baton.agent.linux.host;

import java.time.Instant;

/** The time as who decides by it reads it; a simulation has its own. Any thread. */
public interface Clock {
    /** That of the machine. */
    Clock BOOT = new Clock() {
        @Override
        public long nanoTime() {
            return BootClock.nanoTime();
        }

        @Override
        public long nanoTimeAwake() {
            return BootClock.nanoTimeAwake();
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }
    };

    /** @see BootClock#nanoTime */
    long nanoTime();

    /** @see BootClock#nanoTimeAwake */
    long nanoTimeAwake();

    Instant instant();
}
