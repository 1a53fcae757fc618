package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.io.IOException;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The classes and scripts that putting nodes in order may need. A Jenkins node gets its code from the controller, one class
 * at a time when it is needed first: after the controller is lost it gets no more. So it has all of it before anything begins.
 *
 * @param classes by their names
 * @param scripts by their paths
 */
public record OwnCode(List<String> classes, List<String> scripts) implements Serializable {
    /** For work that changes nothing. */
    static final OwnCode NONE = new OwnCode(List.of(), List.of());

    private static final String CLASS = ".class";
    private static final String SCRIPT = ".sh";

    /** Made once, on the controller. */
    private static final class OfController {
        private static final OwnCode ALL = of(OwnCode.class, FleetException.class, NodeStatus.class, library());
    }

    /** Of the controller; to be called there. */
    public static OwnCode ofController() {
        return OfController.ALL;
    }

    private static Class<?> library() {
        try {
            return Class.forName("net.schmizz.sshj.SSHClient");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the fleet reaches nodes by sshj", e);
        }
    }

    /** What is in the jars, or folders, of these classes, and belongs to the steps' work on a node. */
    private static OwnCode of(Class<?>... members) {
        Set<String> classes = new TreeSet<>();
        Set<String> scripts = new TreeSet<>();
        for (Class<?> member : members) {
            for (String path : paths(member)) {
                if (path.endsWith(CLASS) && isOfWork(path)) {
                    classes.add(
                            path.substring(0, path.length() - CLASS.length()).replace('/', '.'));
                } else if (path.endsWith(SCRIPT)) {
                    scripts.add(path);
                }
            }
        }
        return new OwnCode(List.copyOf(classes), List.copyOf(scripts));
    }

    /** The program's commands, and what only the controller does, are not. */
    private static boolean isOfWork(String path) {
        return !path.contains("module-info")
                && !path.contains("package-info")
                && (path.startsWith("net/schmizz/")
                        || path.startsWith("com/hierynomus/sshj/")
                        || path.startsWith("io/jenkins/plugins/baton/jmx/")
                        || path.startsWith("io/jenkins/plugins/baton/fleet/")
                                && !path.startsWith("io/jenkins/plugins/baton/fleet/cli/")
                                && !path.startsWith("io/jenkins/plugins/baton/fleet/federation/")
                        || path.startsWith("io/jenkins/plugins/baton/jenkins/node/")
                        || path.startsWith("io/jenkins/plugins/baton/jenkins/record/"));
    }

    private static List<String> paths(Class<?> member) {
        try {
            Path place = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return below(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return below(jar.getPath("/"));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the plugin cannot read its own code beside " + member, e);
        }
    }

    private static List<String> below(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString()).toList();
        }
    }

    /** Loads what is not here yet; to be called on the Jenkins node. */
    void load() {
        ClassLoader loader = getClass().getClassLoader();
        for (String name : classes) {
            try {
                Class.forName(name, false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                // One of a library for something that is not installed: it will not be needed.
                continue;
            }
        }
        scripts.forEach(path -> Script.find(FleetException.class, "/" + path));
    }
}
