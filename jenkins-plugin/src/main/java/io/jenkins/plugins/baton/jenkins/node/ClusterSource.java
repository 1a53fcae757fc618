package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the cluster file comes from.
 *
 * @param path on the Jenkins node; null when there is a text
 * @param name of a cluster in Jenkins' configuration; null when there is a path
 * @param text of that cluster
 */
public record ClusterSource(String path, String name, String text) implements Serializable {
    public static ClusterSource file(String path) {
        return new ClusterSource(path, null, null);
    }

    public static ClusterSource named(String name, String text) {
        return new ClusterSource(null, name, text);
    }

    /** @param scratch a folder of this callable: deploying copies the file, so that a text must become one */
    ClusterFile read(Path scratch) throws ClusterFileException, IOException {
        if (path != null) {
            return ClusterFile.read(Path.of(path));
        }
        Path file = scratch.resolve(name + ".yaml");
        Files.writeString(file, text);
        return ClusterFile.read(file);
    }
}
