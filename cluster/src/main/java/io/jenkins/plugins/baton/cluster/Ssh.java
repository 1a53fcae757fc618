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
    public Ssh {
        fingerprints = List.copyOf(fingerprints);
    }
}
