package io.jenkins.plugins.baton.jenkins.result;

import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code haWaitForVip} found. */
public final class WaitResult extends SummarizedResult {
    private static final long serialVersionUID = 1;

    private final String cluster;
    private final LinkedHashMap<String, String> holders;
    private final long waitedMillis;

    public WaitResult(String cluster, Map<String, String> holders, long waitedMillis) {
        this.cluster = cluster;
        this.holders = new LinkedHashMap<>(holders);
        this.waitedMillis = waitedMillis;
    }

    /** Name of the node that holds the addresses, by name of the virtual router. */
    @Whitelisted
    public Map<String, String> getHolders() {
        return holders;
    }

    /** Holder of the first virtual router. */
    @Whitelisted
    public String getHolder() {
        return holders.values().stream().findFirst().orElse("");
    }

    @Whitelisted
    public long getWaitedMillis() {
        return waitedMillis;
    }

    @Override
    Summary inShort() {
        return new Summary((cluster == null ? "" : cluster + " is ") + "steady")
                .with(Holders.inWords(holders))
                .with("waited " + HumanUnits.exact(Duration.ofMillis(waitedMillis)));
    }

    @Override
    public String toString() {
        return holders + " after " + waitedMillis + " ms";
    }
}
