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
    /** The rules as nftables prints them, and its generation when it did; nothing: a table is not there. */
    private String text = "";

    private int seen;
    /** Whether {@link #text} is what this agent put in force, and nothing that a stranger did to it. */
    private boolean ours;
    /** What {@link #isTamperedWith} read the last time, as {@link #text}. */
    private String found = "";

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
    public Change put(ClusterView wanted, Set<String> wantedPeers, boolean tampered) throws IOException {
        if (!tampered && wanted.equals(view) && wantedPeers.equals(persisted().peers())) {
            return Change.NONE;
        }
        boolean anew = tampered || view == null || !hasStructureOf(wanted);
        int before = anew ? generation.now() : seen;
        int made = installed.transactions();
        if (anew) {
            installed.install(wanted, wantedPeers);
        } else {
            installed.update(wanted, wantedPeers);
        }
        view = wanted;
        text = read();
        seen = generation.now(); // after the text: no transaction but ours can be in it
        boolean foundOurs = tampered && found.equals(text);
        ours = foundOurs || seen - before == installed.transactions() - made;
        if (!anew) {
            return Change.UPDATE;
        }
        return tampered && !foundOurs ? Change.RESTORATION : Change.INSTALLATION;
    }

    /** Nothing where one of the tables is gone. */
    private String read() throws IOException {
        try {
            return installed.read(view);
        } catch (NftablesException e) {
            return "";
        }
    }

    @Override
    public boolean isTamperedWith() throws IOException {
        int now = generation.now();
        if (view == null || ours && now == seen) {
            return false;
        }
        found = read();
        if (!ours || !found.equals(text)) {
            return true;
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
