package io.jenkins.plugins.baton.jenkins.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code haStatus} saw. */
public final class StatusResult extends SummarizedResult {
    private static final long serialVersionUID = 1;

    private final String cluster;
    private final LinkedHashMap<String, String> holders;
    private final ArrayList<String> missing;
    private final ArrayList<String> warnings;
    private final LinkedHashMap<String, String> nodes;

    /** @param nodes each node's state in the first virtual router; NO_DATA for one that did not answer */
    public StatusResult(
            String cluster,
            Map<String, String> holders,
            List<String> missing,
            List<String> warnings,
            Map<String, String> nodes) {
        this.cluster = cluster;
        this.holders = new LinkedHashMap<>(holders);
        this.missing = new ArrayList<>(missing);
        this.warnings = new ArrayList<>(warnings);
        this.nodes = new LinkedHashMap<>(nodes);
    }

    @Whitelisted
    public boolean isSteady() {
        return missing.isEmpty();
    }

    /** Name of the node that holds the addresses, by name of the virtual router; empty when there is not exactly one. */
    @Whitelisted
    public Map<String, String> getHolders() {
        return holders;
    }

    /** Holder of the first virtual router. */
    @Whitelisted
    public String getHolder() {
        return holders.values().stream().findFirst().orElse("");
    }

    /** What is missing for a steady cluster, a sentence each. */
    @Whitelisted
    public List<String> getMissing() {
        return missing;
    }

    @Whitelisted
    public List<String> getWarnings() {
        return warnings;
    }

    /** {@code MASTER}, {@code BACKUP}, {@code FAULT}, {@code INITIALIZE} or {@code NO_DATA}, by node. */
    @Whitelisted
    public Map<String, String> getNodes() {
        return nodes;
    }

    @Override
    Summary inShort() {
        return new Summary((cluster == null ? "" : cluster + " is ") + (isSteady() ? "steady" : "not steady"))
                .with(Holders.inWords(holders))
                .with(missing)
                .with(warnings);
    }

    @Override
    public String toString() {
        return (missing.isEmpty() ? "steady " : "not steady ") + nodes;
    }
}
