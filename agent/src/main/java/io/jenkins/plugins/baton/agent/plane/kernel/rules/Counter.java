package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import java.util.Locale;

/** What the rules count of each member of a frontend, and the names of the counters in the rules. */
public enum Counter {
    CONNECTIONS,
    BYTES_IN,
    BYTES_OUT,
    /** Connects to the own backend that nobody accepted. */
    REFUSED;

    /** Whether it counts bytes; else packets, of which there is one for each event. */
    public boolean inBytes() {
        return this == BYTES_IN || this == BYTES_OUT;
    }

    /** The name of the map that leads from the address of a backend to its counter. */
    public String of(int frontend) {
        return name().toLowerCase(Locale.ROOT) + frontend;
    }

    public String of(int frontend, int member) {
        return of(frontend) + "of" + member;
    }
}
