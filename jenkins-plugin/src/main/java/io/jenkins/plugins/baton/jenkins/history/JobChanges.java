package io.jenkins.plugins.baton.jenkins.history;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;

/** Keeps the index true when jobs and builds are deleted, renamed and moved. */
@Extension
public final class JobChanges extends ItemListener {
    /** One of that name may have been deleted while Jenkins was not running. */
    @Override
    public void onCreated(Item item) {
        ClusterIndex.get().removeJob(item.getFullName());
    }

    @Override
    public void onDeleted(Item item) {
        ClusterIndex.get().removeJob(item.getFullName());
    }

    /** Jenkins tells of a folder before it tells of each job inside. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        ClusterIndex.get().rename(oldFullName, newFullName);
    }

    /** The other listener: Jenkins has two kinds. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {
        @Override
        public void onDeleted(Run<?, ?> build) {
            ClusterIndex.get().removeBuild(build.getParent().getFullName(), build.getNumber());
        }
    }
}
