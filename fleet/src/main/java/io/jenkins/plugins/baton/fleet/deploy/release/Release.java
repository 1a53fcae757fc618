package io.jenkins.plugins.baton.fleet.deploy.release;

import io.jenkins.plugins.baton.fleet.FileTrouble;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agent distribution that can be deployed.
 *
 * @param file the archive
 * @param version from its name
 * @param architecture from its name, as {@code uname -m} prints it
 * @param hash SHA-256 of the archive, lower-case hex
 * @param requirements what it needs of a host
 */
public record Release(Path file, String version, String architecture, String hash, Requirements requirements) {
    private static final String STATED = "baton-agent/REQUIREMENTS";
    private static final Pattern NAME = Pattern.compile("baton-agent-(.+)-linux-([^-]+)\\.tar\\.gz");

    /** @throws FleetException of kind BAD_INPUT when it is no such archive */
    public static Release of(Path file) throws FleetException {
        Path last = file.getFileName();
        Matcher name = NAME.matcher(last == null ? "" : last.toString());
        if (!name.matches()) {
            throw FleetException.badInput(
                    file + " is not an agent release; its name must be baton-agent-VERSION-linux-ARCH.tar.gz");
        }
        if (!Files.isRegularFile(file)) {
            throw FleetException.badInput("the release " + file
                    + (Files.exists(file) ? " is no file" : " does not exist") + "; name one that `make build` made");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return new Release(
                    file,
                    name.group(1),
                    unameOf(name.group(2)),
                    HexFormat.of().formatHex(digest.digest()),
                    requirements(file));
        } catch (IOException e) {
            throw FleetException.badInput("cannot read the release " + file + ": " + FileTrouble.reason(e)
                    + "; it must be the whole archive that `make build` made");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Requirements requirements(Path file) throws FleetException, IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return Requirements.parse(Archive.read(stream, STATED)
                    .orElseThrow(() -> FleetException.badInput(file + " is not an agent release: there is no " + STATED
                            + " in it; build it with make build")));
        }
    }

    private static String unameOf(String architecture) {
        return switch (architecture) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> architecture;
        };
    }

    /** Name of its folder on a node: two builds of one version are two releases. */
    public String id() {
        return version + "-" + hash.substring(0, 12);
    }

    /** Where its program is on a node. */
    public String program() {
        return Layout.RELEASES + "/" + id() + "/bin/baton-agent";
    }
}
