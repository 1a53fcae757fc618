package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.cluster.Probe;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * The TLS side of a check: the JDK's own engine, with the authorities and the client's key from PEM files. The files
 * are read again when they change, for certificates are renewed under a running agent.
 *
 * <p>With authorities given, the server's chain is verified against them; its name is verified only when the check
 * names a host: the certificate of a kube-apiserver, as kubeadm makes it, does not name 127.0.0.1.
 */
final class TlsClient {
    /** The engine wants a port beside the host's name, and uses it for nothing but its cache of sessions. */
    private static final int ANY_PORT = 0;

    private final Probe.Tls settings;
    private final Optional<String> host;
    private final Optional<SNIHostName> serverName;

    // Guarded by this.
    private SslContext context;
    private List<FileTime> contextTimes = List.of();

    TlsClient(Probe.Tls settings, Optional<String> host) {
        this.settings = settings;
        this.host = host;
        this.serverName = host.filter(name -> !isAddress(name)).map(SNIHostName::new);
    }

    /** RFC 6066 section 3: a literal address is not a server name. */
    private static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    /** A file that TLS needs cannot be used; the message says which and why. */
    static final class BadFileException extends Exception {
        private static final long serialVersionUID = 1;

        BadFileException(String message, Throwable cause) {
            super(message, cause);
        }

        Outcome outcome() {
            return FailureReason.isOwnShortage(getCause())
                    ? Outcome.notAsked("could not ask: " + getMessage())
                    : Outcome.failed(getMessage());
        }
    }

    /** Reads files: not for an event loop. */
    synchronized SslContext context() throws BadFileException {
        List<FileTime> times =
                List.of(modified(settings.ca()), modified(settings.certificate()), modified(settings.key()));
        if (context == null || !times.equals(contextTimes)) {
            context = build();
            contextTimes = times;
        }
        return context;
    }

    private static FileTime modified(Optional<Path> file) throws BadFileException {
        if (file.isEmpty()) {
            return FileTime.fromMillis(0);
        }
        try {
            return Files.getLastModifiedTime(file.get());
        } catch (NoSuchFileException e) {
            throw new BadFileException("cannot read " + file.get() + ": no such file", e);
        } catch (IOException e) {
            throw new BadFileException("cannot read " + file.get() + ": " + e.getMessage(), e);
        }
    }

    private SslContext build() throws BadFileException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                // A resumed session would not look at the certificate again: every check is to be a whole one.
                .sessionCacheSize(1)
                .sessionTimeout(1);
        if (settings.ca().isPresent()) {
            try {
                builder.trustManager(settings.ca().get().toFile());
            } catch (IllegalArgumentException e) {
                throw new BadFileException(settings.ca().get() + " holds no PEM certificate that can be read", e);
            }
        } else {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        }
        if (settings.certificate().isPresent() && settings.key().isPresent()) {
            try {
                builder.keyManager(
                        settings.certificate().get().toFile(),
                        settings.key().get().toFile());
            } catch (IllegalArgumentException e) {
                throw new BadFileException(
                        "cannot use the client certificate "
                                + settings.certificate().get()
                                + " with the key " + settings.key().get()
                                + "; the key must be PKCS#8 without a password: openssl pkcs8 -topk8 -nocrypt",
                        e);
            }
        }
        try {
            return builder.build();
        } catch (IOException e) {
            throw new BadFileException("cannot set up TLS: " + e.getMessage(), e);
        }
    }

    SslHandler handler(SslContext tls, ByteBufAllocator allocator) {
        SSLEngine engine =
                host.map(name -> tls.newEngine(allocator, name, ANY_PORT)).orElseGet(() -> tls.newEngine(allocator));
        SSLParameters parameters = engine.getSSLParameters();
        serverName.ifPresent(name -> parameters.setServerNames(List.of(name)));
        if (settings.ca().isPresent() && host.isPresent()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        // The check's own timeout covers the handshake, and nobody waits for close_notify.
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(0);
        return handler;
    }

    /** Names the authorities that were asked, when that is what failed. */
    Outcome outcome(Throwable handshakeFailure) {
        Outcome outcome = FailureReason.outcome(handshakeFailure);
        return settings.ca()
                .map(ca -> new Outcome(
                        outcome.kind(), outcome.reason().replace("a trusted authority", "any authority in " + ca)))
                .orElse(outcome);
    }
}
