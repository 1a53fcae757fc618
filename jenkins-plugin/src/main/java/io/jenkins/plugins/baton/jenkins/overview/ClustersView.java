package io.jenkins.plugins.baton.jenkins.overview;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModifiableItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.View;
import hudson.model.ViewDescriptor;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.history.ReadableFindings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A tab of the dashboard, or of a folder, with the clusters that the jobs in it saw. */
public final class ClustersView extends View {
    @DataBoundConstructor
    public ClustersView(String name) {
        super(name);
    }

    public Overview getOverview() {
        return Overview.of(Query.of(Stapler.getCurrentRequest2()), folder(), System.currentTimeMillis());
    }

    private String folder() {
        return getOwner().getItemGroup().getFullName();
    }

    /** The jobs that saw a cluster. */
    @Override
    public Collection<TopLevelItem> getItems() {
        return ReadableFindings.of(folder()).values().stream()
                .map(Map::keySet)
                .flatMap(Collection::stream)
                .filter(TopLevelItem.class::isInstance)
                .map(TopLevelItem.class::cast)
                .distinct()
                .toList();
    }

    @Override
    public boolean contains(TopLevelItem item) {
        return getItems().contains(item);
    }

    @Override
    protected void submit(StaplerRequest2 request) {
        // The name and the description are all there is.
    }

    @RequirePOST
    @Override
    public Item doCreateItem(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        ItemGroup<?> group = getOwner().getItemGroup();
        return group instanceof ModifiableItemGroup<?> modifiable ? modifiable.doCreateItem(request, response) : null;
    }

    @Extension
    @Symbol("batonClusters")
    public static final class DescriptorImpl extends ViewDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.ClustersView_displayName();
        }
    }
}
