package io.jenkins.plugins.baton.fleet.deploy.plan;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import java.util.List;

/**
 * What one node lacks.
 *
 * @param upload the release's folder is not there
 * @param switchRelease another release is in use, or none, or the service is not active, not enabled
 *     or not as the release has it
 * @param configure another cluster file is there, or none
 * @param first nothing of ours is in use there
 * @param displaced what runs there and is to be replaced: keepalived, haproxy
 * @param holdsAddress whether a virtual address is on the node, whoever put it there
 */
public record Change(
        String node,
        boolean upload,
        boolean switchRelease,
        boolean configure,
        boolean first,
        List<String> displaced,
        boolean holdsAddress) {
    public static Change needed(
            String node, Facts facts, Release release, ClusterFile file, boolean replaceKeepalived) {
        boolean inUse = facts.one("currentRelease").equals(release.id())
                && facts.one("agent").equals("active")
                && facts.one("enabled").equals("enabled")
                && !facts.has("unit", "changed");
        boolean holdsAddress = file.cluster().virtualRouters().stream()
                .flatMap(router -> router.addresses().stream())
                .anyMatch(address -> facts.hasAddress(address.address()));
        return new Change(
                node,
                !facts.has("release", release.id()),
                !inUse,
                !facts.one("clusterFile").equals(file.hash()),
                facts.one("currentRelease").isEmpty(),
                replaceKeepalived ? facts.all("running") : List.of(),
                holdsAddress);
    }

    public boolean isNeeded() {
        return upload || switchRelease || configure || !displaced.isEmpty();
    }

    /** Whether the agent reads the file again and goes on, as opposed to a new start. */
    public boolean reloads() {
        return configure && !switchRelease && displaced.isEmpty();
    }
}
