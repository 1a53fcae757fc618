package io.jenkins.plugins.baton.cluster;

import java.nio.file.Path;

/**
 * A cluster file as it stands on disk.
 *
 * @param path where it was read from
 * @param hash SHA-256 of its bytes, lower-case hex: equal on all nodes when the same file is deployed
 * @param cluster what it says
 */
public record ClusterFile(Path path, String hash, Cluster cluster) {

    /**
     * Reads and validates a cluster file.
     *
     * @throws ClusterFileException with all mistakes, also when the file cannot be read at all (then at 1:1)
     */
    public static ClusterFile read(Path path) throws ClusterFileException {
        throw new UnsupportedOperationException("not written yet");
    }
}
