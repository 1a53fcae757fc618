package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problem;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TopKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A cluster file as it stands on disk.
 *
 * @param path where it was read from
 * @param hash SHA-256 of its bytes, lower-case hex: equal on all nodes when the same file is deployed
 * @param cluster what it says
 * @param warnings what is valid but surely not meant, in the order of the file
 */
public record ClusterFile(Path path, String hash, Cluster cluster, List<Problem> warnings) {
    /** A file for 64 nodes with all keys has 20 KiB; whatever is larger is not a cluster file. */
    private static final int MAX_BYTES = 1 << 20;

    /**
     * Reads and validates a cluster file.
     *
     * @throws ClusterFileException with all mistakes, also when the file cannot be read at all (then at 1:1)
     */
    public static ClusterFile read(Path path) throws ClusterFileException {
        return parse(path, bytes(path));
    }

    /**
     * Validates what a cluster file would hold.
     *
     * @param path its name in messages
     * @throws ClusterFileException with all mistakes
     */
    public static ClusterFile parse(Path path, byte[] bytes) throws ClusterFileException {
        Problems found = new Problems(path.toString());
        Optional<Draft> draft = draft(bytes, found);
        if (!found.none()) {
            throw new ClusterFileException(found.inOrder());
        }
        Problems warnings = new Problems(path.toString());
        WeightWarnings.collect(draft.orElseThrow(), warnings);
        return new ClusterFile(path, sha256(bytes), ClusterBuilder.build(draft.orElseThrow()), warnings.inOrder());
    }

    /**
     * A mistake that only shows on a node, such as an interface that is missing there, at the place that it is about.
     *
     * @param place keys and (from 0) positions in lists that lead there, as far as the file goes
     */
    public Problem problemAt(String message, Object... place) {
        Mark mark = Mark.START;
        try {
            mark = YamlReader.read(bytes(path), new Problems(path.toString()))
                    .map(root -> PathLocator.find(root, place))
                    .orElse(Mark.START);
        } catch (ClusterFileException e) {
            // It was readable a moment ago: the mistake is worth telling without its place.
        }
        return new Problem(path.toString(), mark.line(), mark.column(), message);
    }

    private static Optional<Draft> draft(byte[] bytes, Problems found) {
        if (bytes.length > MAX_BYTES) {
            found.add(Mark.START, "the file is larger than 1 MiB, which no cluster file is; is it another file?");
            return Optional.empty();
        }
        Optional<YamlNode> root = YamlReader.read(bytes, found);
        Optional<Entry> file = root.flatMap(node -> TopKeys.ALL.read("the cluster file", node, found));
        Optional<Draft> draft = file.map(Draft::new);
        draft.ifPresent(d -> checkRelations(d, found));
        return draft;
    }

    private static void checkRelations(Draft draft, Problems found) {
        NodeRules.check(draft, found);
        RouterRules.check(draft, found);
        PeerLinkRules.check(draft, found);
        AddressRules.check(draft, found);
        CheckRules.check(draft, found);
        FrontendRules.check(draft, found);
        BackendRules.check(draft, found);
    }

    private static byte[] bytes(Path path) throws ClusterFileException {
        try {
            if (Files.isDirectory(path)) {
                throw unreadable(path, "this is a directory; name the cluster file in it");
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw unreadable(path, "this is not a regular file; name a file");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return in.readNBytes(MAX_BYTES + 1);
            }
        } catch (NoSuchFileException e) {
            throw unreadable(path, "there is no such file; check the path");
        } catch (AccessDeniedException e) {
            throw unreadable(path, "this user may not read the file; check its permissions");
        } catch (IOException e) {
            throw unreadable(path, "the file cannot be read: " + e.getMessage());
        }
    }

    private static ClusterFileException unreadable(Path path, String why) {
        return new ClusterFileException(List.of(new Problem(path.toString(), 1, 1, why)));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
