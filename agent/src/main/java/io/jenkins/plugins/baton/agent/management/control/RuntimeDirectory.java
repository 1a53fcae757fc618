package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the agents of a machine keep what lives as long as they run: for each node a socket and a lock file. */
public record RuntimeDirectory(Path path) {
    private static final Path DEFAULT = Path.of("/run/baton");
    private static final String LOCK = ".lock";

    /**
     * What the command line says, else what systemd made for the service ({@code $RUNTIME_DIRECTORY}, see
     * systemd.exec(5)), else {@code /run/baton}.
     */
    public static RuntimeDirectory locate(Optional<Path> option, Map<String, String> environment) {
        Optional<Path> systemd = Optional.ofNullable(environment.get("RUNTIME_DIRECTORY"))
                .map(list -> list.split(":")[0])
                .filter(first -> !first.isEmpty())
                .map(Path::of);
        return new RuntimeDirectory(option.or(() -> systemd).orElse(DEFAULT));
    }

    /** Makes the directory if it is missing. */
    public void prepare() throws ManagementException {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new ManagementException("The runtime directory " + path + " is not a directory; remove that file");
        } catch (IOException e) {
            throw new ManagementException(cannot("make the runtime directory " + path, e), e);
        }
        if (!Files.isWritable(path)) {
            throw new ManagementException(cannot("write to the runtime directory " + path, null));
        }
    }

    public Path socket(String node) {
        return path.resolve(node + ".sock");
    }

    public Path lock(String node) {
        return path.resolve(node + LOCK);
    }

    /** The nodes whose agents run, or did not end well: everything that has a lock file. */
    List<String> nodes() throws ManagementException {
        List<String> nodes = new ArrayList<>();
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(path, "*" + LOCK)) {
            for (Path lock : locks) {
                String file = lock.getFileName().toString();
                nodes.add(file.substring(0, file.length() - LOCK.length()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new ManagementException(cannot("list the runtime directory " + path, e), e);
        }
        nodes.sort(null);
        return nodes;
    }

    /** A sentence for what did not work, with what to do about it. */
    static String cannot(String attempted, IOException e) {
        String why = e == null || e instanceof AccessDeniedException
                ? "permission denied"
                : e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return "Cannot " + attempted + ": " + why
                + "; run as a user who may, or choose another place with --runtime-directory DIR";
    }
}
