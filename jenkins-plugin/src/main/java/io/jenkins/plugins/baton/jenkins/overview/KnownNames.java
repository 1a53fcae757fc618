package io.jenkins.plugins.baton.jenkins.overview;

import hudson.model.Item;
import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * The named clusters, which are shown before any build saw them: to those who may read Jenkins' configuration, and to those
 * who may create or configure jobs everywhere, for their jobs can use those that are not limited to
 * folders. All others see one as soon as a job that they may read has used it.
 */
final class KnownNames {
    private KnownNames() {}

    static List<String> visible() {
        Jenkins jenkins = Jenkins.get();
        return jenkins.hasAnyPermission(Jenkins.SYSTEM_READ, Item.CREATE, Item.CONFIGURE)
                ? BatonClusters.get().getClusters().stream()
                        .filter(cluster -> !cluster.isLimited() || jenkins.hasPermission(Jenkins.SYSTEM_READ))
                        .map(NamedCluster::clusterName)
                        .toList()
                : List.of();
    }
}
