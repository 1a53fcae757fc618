package io.jenkins.plugins.baton.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a health check asks. */
public sealed interface Probe {

    /**
     * Succeeds when the TCP handshake does.
     *
     * @param target where to connect; empty in a frontend's check: the backend
     */
    record Tcp(Optional<Endpoint> target) implements Probe {}

    /**
     * Sends {@code GET path} as HTTP/1.1 with {@code Connection: close} and looks at the status.
     *
     * @param target where to connect; empty in a frontend's check: the backend
     * @param host the Host header and the TLS server name (SNI); empty: the target's address, without SNI
     * @param path begins with a slash
     * @param expect the statuses that are a success, at least one range within 100..599
     * @param tls empty for http
     */
    record Http(
            Optional<Endpoint> target, Optional<String> host, String path, List<StatusRange> expect, Optional<Tls> tls)
            implements Probe {
        public Http {
            expect = List.copyOf(expect);
        }

        /** With one range of statuses. */
        public Http(
                Optional<Endpoint> target,
                Optional<String> host,
                String path,
                int expectFrom,
                int expectTo,
                Optional<Tls> tls) {
            this(target, host, path, List.of(new StatusRange(expectFrom, expectTo)), tls);
        }
    }

    /**
     * Runs a program without a shell; exit status 0 is a success.
     *
     * @param command absolute path of the program, then its arguments
     */
    record Script(List<String> command) implements Probe {
        public Script {
            command = List.copyOf(command);
        }
    }

    /**
     * @param ca PEM file with the authorities that may have signed the server's certificate; empty: the certificate is
     *     not verified (what is asked is whether the server lives, and no secret is sent)
     * @param certificate PEM file with the client's certificate chain
     * @param key PEM file with the client's unencrypted key, present when {@code certificate} is
     */
    record Tls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {}
}
