package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.Nftables;
import io.jenkins.plugins.baton.agent.linux.NftablesException;
import io.jenkins.plugins.baton.agent.linux.RulesGeneration;
import java.io.IOException;
import java.util.Set;

/** Knows which rules are in force, goes on to others, and puts them back when a stranger has changed them. One thread. */
final class RulesKeeper implements AutoCloseable {
    private final Nftables nftables;
    private final RulesGeneration generation;
    private final Footprint footprint;
    private ClusterView view;
    private Set<String> peers = Set.of();
    private String structure;
    /** The rules as nftables prints them, and its generation when it did. */
    private String text = "";
    private int seen;

    private RulesKeeper(Nftables nftables, RulesGeneration generation, Footprint footprint, Memory memory) {
        this.nftables = nftables;
        this.generation = generation;
        this.footprint = footprint;
        this.structure = memory.structure();
    }

    /** The rules of an earlier agent stay as they are until {@link #put}. */
    static RulesKeeper open() throws IOException {
        Nftables nftables = Nftables.open();
        try {
            Footprint footprint = new Footprint(nftables);
            return new RulesKeeper(nftables, RulesGeneration.open(), footprint, footprint.memory());
        } catch (IOException e) {
            nftables.close();
            throw e;
        }
    }

    /** What an earlier agent left. */
    Memory memory() throws IOException {
        return footprint.memory();
    }

    /** Whether this view needs no more than {@link Ruleset#update}. */
    boolean hasStructureOf(ClusterView wanted) {
        return Ruleset.structure(wanted).equals(structure);
    }

    /**
     * An update fills chains and sets, and trusts the rest: that is for rules of this agent's own making, which nobody has
     * touched since.
     *
     * @param tampered what {@link #isTamperedWith} said just now
     * @return whether all rules were made anew, so that their counters begin again
     * @throws IOException when the kernel refuses; then the rules are as they were
     */
    boolean put(ClusterView wanted, Set<String> wantedPeers, boolean tampered) throws IOException {
        if (!tampered && wanted.equals(view) && wantedPeers.equals(peers)) {
            return false;
        }
        boolean anew = tampered || view == null || !hasStructureOf(wanted);
        if (anew) {
            footprint.install(wanted, wantedPeers);
        } else {
            footprint.update(wanted, wantedPeers);
        }
        inForce(wanted, wantedPeers);
        return anew;
    }

    private void inForce(ClusterView now, Set<String> nowPeers) throws IOException {
        view = now;
        peers = nowPeers;
        structure = Ruleset.structure(now);
        seen = generation.now(); // before the text: what a stranger does in between looks new then
        text = footprint.read(now);
    }

    /**
     * Whether somebody else has changed the rules; it stays so until {@link #put} has worked. Costs next to nothing while
     * nobody changes any rules of nftables, and a few milliseconds after somebody has.
     */
    boolean isTamperedWith() throws IOException {
        int now = generation.now();
        if (view == null || now == seen) {
            return false;
        }
        try {
            if (!footprint.read(view).equals(text)) {
                return true;
            }
        } catch (NftablesException e) {
            return true; // one of the tables is gone
        }
        seen = now;
        return false;
    }

    /** What the rules have counted, as nftables prints it. */
    String counters() throws IOException {
        StringBuilder text = new StringBuilder();
        if (view != null) {
            for (String list : Ruleset.countersLists(view)) {
                text.append(nftables.run(list));
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        generation.close();
        nftables.close();
    }
}
