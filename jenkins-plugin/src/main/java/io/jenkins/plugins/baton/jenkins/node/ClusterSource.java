package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.fleet.FleetException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the cluster file comes from.
 *
 * @param folder of the build on the Jenkins node; null when there is a text
 * @param name path in that folder, or the name of a cluster in Jenkins' configuration
 * @param text of that cluster; null when there is a folder
 */
public record ClusterSource(String folder, String name, String text) implements Serializable {
    public static ClusterSource file(String folder, String path) {
        return new ClusterSource(folder, path, null);
    }

    public static ClusterSource named(String name, String text) {
        return new ClusterSource(null, name, text);
    }

    /** Whether whoever changes the build's files also says which hosts the nodes are. */
    boolean isOfBuild() {
        return text == null;
    }

    /**
     * @param scratch a folder of this callable: deploying copies the file, so that a text must become one
     * @throws FleetException when the file is not one of the build's
     */
    ClusterFile read(Path scratch) throws ClusterFileException, FleetException, IOException {
        if (isOfBuild()) {
            return ClusterFile.read(inFolder());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ClusterFile.parse(Path.of(name), bytes);
        return ClusterFile.read(Files.write(scratch.resolve("cluster.yaml"), bytes));
    }

    /** Messages about a file quote it: no other file than the build's own is read. */
    private Path inFolder() throws FleetException, IOException {
        Path build = Path.of(folder);
        Path root = Files.exists(build) ? build.toRealPath() : build.normalize();
        Path file = root.resolve(name);
        if (!Files.exists(file) && file.normalize().startsWith(root)) {
            throw FleetException.badInput(file + ":1:1: there is no such file in the workspace, and Jenkins' "
                    + "configuration has no cluster named " + name + "; check the path or the name");
        }
        if (!Files.exists(file) || !file.toRealPath().startsWith(root)) {
            throw FleetException.badInput("the cluster file " + name + " is outside of the build's directory " + folder
                    + "; give a path in it, or the name of a cluster in Jenkins' configuration");
        }
        return file;
    }
}
