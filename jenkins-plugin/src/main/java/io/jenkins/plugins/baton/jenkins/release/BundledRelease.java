package io.jenkins.plugins.baton.jenkins.release;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** Brings the release that the plugin carries to the node of a build, once per node and release. */
public final class BundledRelease {
    private static final List<String> ARCHITECTURES = List.of("x86_64", "aarch64");
    private static final int HASH_LETTERS = 12;

    private BundledRelease() {}

    /**
     * @param workspace of the build, on the node
     * @return path of the archive on the node
     * @throws AbortException with a sentence when this build of the plugin carries none
     */
    public static String on(FilePath workspace) throws IOException, InterruptedException {
        for (String architecture : ARCHITECTURES) {
            String name = "baton-agent-" + version() + "-linux-" + architecture + ".tar.gz";
            URL resource = BundledRelease.class.getResource(name);
            if (resource != null) {
                return copied(resource, name, workspace);
            }
        }
        throw new AbortException(Messages.BundledRelease_none(version()));
    }

    /** Of the plugin, and so of the release. */
    public static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = BundledRelease.class.getResourceAsStream("release.properties")) {
            properties.load(stream);
        }
        return properties.getProperty("version");
    }

    private static String copied(URL resource, String name, FilePath workspace)
            throws IOException, InterruptedException {
        String whole;
        try (InputStream stream = resource.openStream()) {
            whole = Sha256.of(stream);
        }
        FilePath folder = root(workspace).child("caches").child("baton").child(whole.substring(0, HASH_LETTERS));
        FilePath archive = folder.child(name);
        // It is installed as root: a file that another build on this node has changed is replaced.
        if (!archive.exists() || !archive.act(new Sha256()).equals(whole)) {
            folder.mkdirs();
            // Builds at the same time each bring their own copy; the last rename wins, and all are the same.
            FilePath part = folder.child(UUID.randomUUID() + ".part");
            try (InputStream stream = resource.openStream()) {
                part.copyFrom(stream);
                part.renameTo(archive);
            } finally {
                part.delete();
            }
        }
        return archive.getRemote();
    }

    private static FilePath root(FilePath workspace) {
        Computer computer = workspace.toComputer();
        Node node = computer == null ? null : computer.getNode();
        FilePath root = node == null ? null : node.getRootPath();
        return root == null ? workspace : root;
    }
}
