package io.jenkins.plugins.baton.jenkins.settings;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** @throws IllegalArgumentException with a sentence when one of them cannot be, or two have the same name */
    @DataBoundSetter
    public void setClusters(List<NamedCluster> clusters) {
        Set<String> names = new HashSet<>();
        for (NamedCluster cluster : clusters) {
            cluster.objection().ifPresent(objection -> {
                throw new IllegalArgumentException(objection);
            });
            if (!names.add(cluster.getName())) {
                throw new IllegalArgumentException(Messages.BatonClusters_twice(cluster.getName()));
            }
        }
        this.clusters = new ArrayList<>(clusters);
        save();
    }

    public Optional<NamedCluster> named(String name) {
        return clusters.stream().filter(c -> c.getName().equals(name)).findFirst();
    }

    /** The same, when a job may use it. */
    public Optional<NamedCluster> named(String name, Item job) {
        return named(name).filter(cluster -> cluster.isFor(job));
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            // A form without any cluster does not name the list.
            setClusters(
                    form.has("clusters")
                            ? request.bindJSONToList(NamedCluster.class, form.get("clusters"))
                            : List.of());
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "clusters");
        }
        return true;
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return Jenkins.ADMINISTER;
    }
}
