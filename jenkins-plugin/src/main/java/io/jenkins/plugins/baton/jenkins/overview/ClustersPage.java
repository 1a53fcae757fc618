package io.jenkins.plugins.baton.jenkins.overview;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.history.ClusterIndex;
import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** {@code …/baton/}: all clusters on one page. */
@Extension
@ExportedBean
public final class ClustersPage implements RootAction {
    /** Of this request's reader, filtered and sorted as the request says. */
    @Exported(inline = true)
    public Overview getOverview() {
        return Overview.of(Query.of(Stapler.getCurrentRequest2()), "", System.currentTimeMillis());
    }

    public hudson.model.Api getApi() {
        return new hudson.model.Api(this);
    }

    /** No link where there is nothing to see yet. */
    @Override
    public String getIconFileName() {
        boolean used = !ClusterIndex.get().all().isEmpty()
                || !BatonClusters.get().getClusters().isEmpty();
        return used && Jenkins.get().hasPermission(Jenkins.READ)
                ? "symbol-git-network-outline plugin-ionicons-api"
                : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ClustersPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "baton";
    }
}
