package io.jenkins.plugins.baton.cluster.importer.shell;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** What a command asks, where a check of Baton can ask the same. */
public sealed interface Question {

    /** How long the answer may take; empty when the command does not say. */
    Optional<Duration> limit();

    /** What a reader should know of the translation; empty for nothing. */
    String note();

    /** Succeeds when the TCP handshake does. */
    record Tcp(InetAddress address, int port, Optional<Duration> limit, String note) implements Question {}

    /**
     * {@code GET}, without following redirections.
     *
     * @param host the Host header and the name that the server's certificate is checked for; empty: the address
     * @param expect statuses that are a success, as a cluster file writes them
     * @param tls empty for http
     */
    record Http(
            InetAddress address,
            int port,
            String path,
            Optional<String> host,
            String expect,
            Optional<Tls> tls,
            Optional<Duration> limit,
            String note)
            implements Question {}

    /** PEM files; without {@code ca} the server's certificate is not verified. */
    record Tls(Optional<String> ca, Optional<String> certificate, Optional<String> key) {}
}
