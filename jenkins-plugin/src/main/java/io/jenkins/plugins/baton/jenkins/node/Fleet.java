package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.masters.Masters;
import io.jenkins.plugins.baton.fleet.ssh.Access;

/** What an errand works with. */
public record Fleet(ClusterFile file, Access access, Masters masters, Progress progress) {}
