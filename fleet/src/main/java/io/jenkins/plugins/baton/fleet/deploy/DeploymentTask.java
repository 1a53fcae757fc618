package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;

/** What a deployment brings, where to, how, and who hears of it. */
record DeploymentTask(ClusterFile file, Release release, NodeConnections nodes, Options options, Progress progress) {
    Cluster cluster() {
        return file.cluster();
    }
}
