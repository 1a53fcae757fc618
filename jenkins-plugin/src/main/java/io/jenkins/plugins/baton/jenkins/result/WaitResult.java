package io.jenkins.plugins.baton.jenkins.result;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code haWaitForVip} found. */
public final class WaitResult implements Serializable {
    private static final long serialVersionUID = 1;

    private final LinkedHashMap<String, String> owners;
    private final long waitedMillis;

    public WaitResult(Map<String, String> owners, long waitedMillis) {
        this.owners = new LinkedHashMap<>(owners);
        this.waitedMillis = waitedMillis;
    }

    /** Name of the node that holds the addresses, by name of the virtual router. */
    @Whitelisted
    public Map<String, String> getOwners() {
        return owners;
    }

    /** Owner of the first virtual router. */
    @Whitelisted
    public String getOwner() {
        return owners.values().stream().findFirst().orElse("");
    }

    @Whitelisted
    public long getWaitedMillis() {
        return waitedMillis;
    }

    @Override
    public String toString() {
        return owners + " after " + waitedMillis + " ms";
    }
}
