package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.PersistedState;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import java.io.IOException;
import java.util.Set;

/** The rules that are in force on this host. One thread. */
interface HostRules extends AutoCloseable {
    /** What an earlier agent left, or this one has put in force. */
    PersistedState persisted() throws IOException;

    /** Whether this view needs no more than {@link Ruleset#update}. Costs nothing for the view that is in force. */
    boolean hasStructureOf(ClusterView wanted) throws IOException;

    /** What {@link #put} did. */
    enum Change {
        NONE,
        /** Of chains and sets. */
        UPDATE,
        /** All rules, so that their counters begin again. */
        INSTALLATION,
        /** All rules, because they were not those of this agent any more. */
        RESTORATION;

        boolean isAnew() {
            return this == INSTALLATION || this == RESTORATION;
        }
    }

    /**
     * An update fills chains and sets, and trusts the rest: that is for rules of this agent's own making, which nobody has
     * touched since.
     *
     * @param tampered what {@link #isTamperedWith} said just now
     * @throws IOException when the kernel refuses; then the rules are as they were
     */
    Change put(ClusterView wanted, Set<String> wantedPeers, boolean tampered) throws IOException;

    /**
     * Whether somebody else has changed the rules, or may have: nobody knows when another program's transaction came between
     * that of {@link #put} and the look at what it left. It stays so until {@code put} has worked. Costs next to nothing while
     * nobody changes any rules of nftables, and a few milliseconds after somebody has.
     */
    boolean isTamperedWith() throws IOException;

    /**
     * Puts the parameters of the interfaces right.
     *
     * @return whether any of them was not what it must be
     */
    boolean keepParameters() throws IOException;

    /** What the rules have counted, as nftables prints it. */
    String counters() throws IOException;

    @Override
    void close();
}
