package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netfilter.NftablesException;
import io.jenkins.plugins.baton.agent.linux.netfilter.RulesGeneration;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.PersistedState;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import java.io.IOException;
import java.util.Set;

/** Knows which rules are in force, goes on to others, and puts them back when a stranger has changed them. One thread. */
final class RulesetReconciler implements HostRules {
    private final Nftables nftables;
    private final RulesGeneration generation;
    private final InstalledRules installed;
    /** Null until this agent has put one in force. */
    private ClusterView view;
    /** The rules as nftables prints them, and its generation when it did. */
    private String text = "";

    private int seen;

    private RulesetReconciler(Nftables nftables, RulesGeneration generation, InstalledRules installed) {
        this.nftables = nftables;
        this.generation = generation;
        this.installed = installed;
    }

    /** The rules of an earlier agent stay as they are until {@link #put}. */
    static RulesetReconciler open() throws IOException {
        Nftables nftables = Nftables.open();
        try {
            InstalledRules installed = new InstalledRules(nftables);
            installed.persisted(); // tells now whether nftables can be used and the tables are ours
            return new RulesetReconciler(nftables, RulesGeneration.open(), installed);
        } catch (IOException e) {
            nftables.close();
            throw e;
        }
    }

    @Override
    public PersistedState persisted() throws IOException {
        return installed.persisted();
    }

    @Override
    public boolean hasStructureOf(ClusterView wanted) throws IOException {
        return wanted.equals(view)
                || Ruleset.structure(wanted).equals(persisted().structure());
    }

    @Override
    public boolean put(ClusterView wanted, Set<String> wantedPeers, boolean tampered) throws IOException {
        if (!tampered && wanted.equals(view) && wantedPeers.equals(persisted().peers())) {
            return false;
        }
        boolean anew = tampered || view == null || !hasStructureOf(wanted);
        if (anew) {
            installed.install(wanted, wantedPeers);
        } else {
            installed.update(wanted, wantedPeers);
        }
        inForce(wanted);
        return anew;
    }

    private void inForce(ClusterView now) throws IOException {
        view = now;
        seen = generation.now(); // before the text: what a stranger does in between looks new then
        text = installed.read(now);
    }

    @Override
    public boolean isTamperedWith() throws IOException {
        int now = generation.now();
        if (view == null || now == seen) {
            return false;
        }
        try {
            if (!installed.read(view).equals(text)) {
                return true;
            }
        } catch (NftablesException e) {
            return true; // one of the tables is gone
        }
        seen = now;
        return false;
    }

    @Override
    public boolean keepParameters() throws IOException {
        return view != null && installed.keepParameters(view);
    }

    @Override
    public String counters() throws IOException {
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
        installed.close();
        nftables.close();
    }
}
