package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.jenkins.record.FeedSender;

/** What a callable works with; {@code feed} takes what is to be shown on the page of the build. */
public record FleetContext(
        ClusterFile file, Access access, NodeConnections nodes, Progress progress, FeedSender feed) {}
