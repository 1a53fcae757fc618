package io.jenkins.plugins.baton.agent;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Cluster files that tests have as text. */
public final class TestCluster {
    private TestCluster() {}

    /** @param text of a cluster file without a mistake */
    public static Cluster of(String text) {
        try {
            return ClusterFile.parse(Path.of("cluster.yaml"), text.getBytes(StandardCharsets.UTF_8))
                    .cluster();
        } catch (ClusterFileException e) {
            throw new AssertionError(text, e);
        }
    }
}
