package io.jenkins.plugins.baton.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How operators and Jenkins reach the nodes. What a command line or a Jenkins credential says goes before it.
 *
 * @param user login name
 * @param port 1..65535
 * @param identity private key file
 * @param knownHosts OpenSSH known_hosts file; empty: the operator's own
 * @param jump the jump host as {@code [user@]host[:port]}
 * @param fingerprints accepted host key fingerprints as {@code SHA256:…}, for any node
 */
public record Ssh(
        String user,
        int port,
        Optional<Path> identity,
        Optional<Path> knownHosts,
        Optional<String> jump,
        List<String> fingerprints) {
    /** A login name, as a regular expression. */
    public static final String LOGIN_NAME = "[A-Za-z0-9_][A-Za-z0-9._@\\\\-]{0,63}";

    /**
     * A jump host, as a regular expression with five groups: the user; the host as an address in brackets, as a name or an
     * IPv4 address, or as an IPv6 address without brackets and port; the port.
     */
    public static final String JUMP_HOST = "(?:([A-Za-z0-9_](?:[A-Za-z0-9._@\\\\-]{0,62}[A-Za-z0-9._\\\\-])?)@)?"
            + "(?:\\[([0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?)\\]|([A-Za-z0-9][A-Za-z0-9._-]*)"
            + "|([0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9._-]+)?))"
            + "(?::(" + Endpoint.PORT + "))?";

    public Ssh {
        fingerprints = List.copyOf(fingerprints);
    }
}
