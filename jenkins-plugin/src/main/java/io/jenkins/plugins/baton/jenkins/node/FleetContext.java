package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Access;

/** What a callable works with. */
public record FleetContext(ClusterFile file, Access access, NodeConnections nodes, Progress progress) {}
