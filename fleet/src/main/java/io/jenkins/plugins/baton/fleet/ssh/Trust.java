package io.jenkins.plugins.baton.fleet.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which host keys are believed: those with one of the fingerprints, and those in the known_hosts file.
 *
 * @param knownHosts an OpenSSH known_hosts file; it need not exist
 * @param fingerprints as {@code SHA256:…}, with or without the padding of Base64
 * @param acceptNew also believe, and write down, the first key of a host that the file does not know; a changed key is
 *     refused all the same
 */
public record Trust(Path knownHosts, List<String> fingerprints, boolean acceptNew) {
    public Trust {
        fingerprints = fingerprints.stream()
                .map(fingerprint -> fingerprint.replaceFirst("=+$", ""))
                .toList();
    }

    /** The numbers, from 1, of the lines of a known_hosts file that cannot be read; mostly none. */
    public static List<Integer> unreadableLines(String knownHosts) {
        return KnownHosts.parse(knownHosts).skipped();
    }

    /**
     * What of the known_hosts file does not count, as sentences; mostly none.
     *
     * @throws IOException whose message is a sentence about why the file cannot be read
     */
    public List<String> remarks() throws IOException {
        List<Integer> skipped = new KnownHostsFile(knownHosts).read().skipped();
        return skipped.isEmpty()
                ? List.of()
                : List.of(knownHosts + ": these lines cannot be read and do not count: "
                        + skipped.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
}
