package io.jenkins.plugins.baton.jenkins.settings;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The named clusters of this Jenkins; {@code unclassified: baton: clusters:} in Configuration as Code. */
@Extension
@Symbol("baton")
public final class BatonClusters extends GlobalConfiguration {
    private List<NamedCluster> clusters = new ArrayList<>();

    public BatonClusters() {
        load();
    }

    public static BatonClusters get() {
        return ExtensionList.lookupSingleton(BatonClusters.class);
    }

    public List<NamedCluster> getClusters() {
        return List.copyOf(clusters);
    }

    @DataBoundSetter
    public void setClusters(List<NamedCluster> clusters) {
        this.clusters = new ArrayList<>(clusters);
        save();
    }

    public Optional<NamedCluster> named(String name) {
        return clusters.stream().filter(c -> c.getName().equals(name)).findFirst();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        // A form without any cluster does not name the list.
        clusters = new ArrayList<>();
        request.bindJSON(this, form);
        save();
        return true;
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return Jenkins.ADMINISTER;
    }
}
