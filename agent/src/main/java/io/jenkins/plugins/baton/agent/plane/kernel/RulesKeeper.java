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

    /** @throws IOException when the kernel refuses; then the rules are as they were */
    void put(ClusterView wanted, Set<String> wantedPeers) throws IOException {
        if (wanted.equals(view) && wantedPeers.equals(peers)) {
            return;
        }
        if (hasStructureOf(wanted)) {
            footprint.update(wanted, wantedPeers);
        } else {
            footprint.install(wanted, wantedPeers);
        }
        inForce(wanted, wantedPeers);
    }

    private void inForce(ClusterView now, Set<String> nowPeers) throws IOException {
        view = now;
        peers = nowPeers;
        structure = Ruleset.structure(now);
        text = footprint.read(now);
        seen = generation.now();
    }

    /**
     * Whether somebody else has changed the rules. Costs next to nothing while nobody changes any rules of nftables, and
     * a few milliseconds after somebody has.
     */
    boolean isTamperedWith() throws IOException {
        if (view == null || generation.now() == seen) {
            return false;
        }
        seen = generation.now();
        try {
            return !footprint.read(view).equals(text);
        } catch (NftablesException e) {
            return true; // one of the tables is gone
        }
    }

    void putBack() throws IOException {
        footprint.install(view, peers);
        inForce(view, peers);
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
