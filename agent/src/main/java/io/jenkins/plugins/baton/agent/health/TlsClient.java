package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.health.tls.TlsContext;
import io.jenkins.plugins.baton.cluster.Probe;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The TLS side of a check, with the authorities and the client's key from PEM files. The files are read again when they
 * change, for certificates are renewed under a running agent.
 *
 * <p>With authorities given, the server's chain is verified against them; its name is verified only when the check
 * names a host: the certificate of a kube-apiserver, as kubeadm makes it, does not name 127.0.0.1.
 */
final class TlsClient {
    /** How long the files are believed to be as they were; after a failed handshake they are looked at at once. */
    private static final long LOOK_INTERVAL = TimeUnit.SECONDS.toNanos(10);

    private final Probe.Tls settings;
    private final Optional<String> host;
    private final Optional<String> serverName;
    private final Executor workers;

    /** Who waits for the files. All but {@link #times} belongs to the loop. */
    private final List<Waiting> waiting = new ArrayList<>();

    private TlsContext current;
    private long lookAt;
    private boolean closed;

    /** Of the worker that looks at the files; there is one at a time. */
    private List<FileTime> times = List.of();

    /** Told on the loop. */
    interface Waiting {
        void ready(TlsContext context);

        /** The files cannot be used, or not be looked at now. */
        void unusable(Outcome outcome);
    }

    /** @param workers do what blocks; they may refuse */
    TlsClient(Probe.Tls settings, Optional<String> host, Executor workers) {
        this.settings = settings;
        this.host = host;
        this.serverName = host.filter(name -> !isAddress(name));
        this.workers = workers;
    }

    /** RFC 6066 section 3: a literal address is not a server name. */
    private static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    /** The key files are on disk and reading them may take its time: the loop does not wait for that. */
    void prepare(CheckLoop loop, Waiting one) {
        if (current != null && System.nanoTime() - lookAt < 0) {
            one.ready(current);
            return;
        }
        waiting.add(one);
        if (waiting.size() > 1) {
            return; // somebody looks already
        }
        try {
            workers.execute(() -> look(loop));
        } catch (RejectedExecutionException e) {
            loop.events().execute(() -> unusable(Outcome.notAsked("could not ask: too many checks at once")));
        }
    }

    private void look(CheckLoop loop) {
        try {
            Optional<TlsContext> changed = read();
            loop.events().execute(() -> use(changed));
        } catch (BadFileException e) {
            loop.events().execute(() -> unusable(e.outcome()));
        } catch (RuntimeException | LinkageError e) {
            loop.events().execute(() -> unusable(Outcome.notAsked("could not ask: " + FailureReason.of(e))));
        }
    }

    private void use(Optional<TlsContext> changed) {
        if (changed.isPresent()) {
            retire();
            current = changed.get();
        }
        lookAt = System.nanoTime() + LOOK_INTERVAL;
        if (closed) {
            retire();
            waiting.clear();
        } else {
            tell(w -> w.ready(current));
        }
    }

    private void unusable(Outcome outcome) {
        tell(w -> w.unusable(outcome));
        if (closed) {
            retire();
        }
    }

    private interface Message {
        void to(Waiting one);
    }

    private void tell(Message message) {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(message::to);
    }

    private void retire() {
        if (current != null) {
            current.retire();
            current = null;
        }
    }

    /** No check is made any more. */
    void close() {
        closed = true;
        if (waiting.isEmpty()) {
            retire();
        }
    }

    /** A file that TLS needs cannot be used; the message says which and why. */
    private static final class BadFileException extends Exception {
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

    private Optional<TlsContext> read() throws BadFileException {
        List<FileTime> now =
                List.of(modified(settings.ca()), modified(settings.certificate()), modified(settings.key()));
        if (now.equals(times)) {
            return Optional.empty();
        }
        TlsContext built = build();
        times = now;
        return Optional.of(built);
    }

    private static FileTime modified(Optional<Path> file) throws BadFileException {
        if (file.isEmpty()) {
            return FileTime.fromMillis(0);
        }
        try {
            return Files.getLastModifiedTime(file.get());
        } catch (IOException e) {
            throw unreadable(file.get(), e);
        }
    }

    private static byte[] octets(Path file) throws BadFileException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static BadFileException unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
        return new BadFileException("cannot read " + file + ": " + why, e);
    }

    private TlsContext build() throws BadFileException {
        Optional<byte[]> authorities =
                settings.ca().isPresent() ? Optional.of(octets(settings.ca().get())) : Optional.empty();
        TlsContext context;
        try {
            context = TlsContext.of(authorities, host, serverName);
        } catch (CertificateException e) {
            throw new BadFileException(settings.ca().orElseThrow() + " holds no PEM certificate that can be read", e);
        } catch (SSLException e) {
            throw new BadFileException("cannot set up TLS: " + e.getMessage(), e);
        }
        if (settings.certificate().isPresent() && settings.key().isPresent()) {
            try {
                present(context, settings.certificate().get(), settings.key().get());
            } catch (BadFileException e) {
                context.retire();
                throw e;
            }
        }
        return context;
    }

    private static void present(TlsContext context, Path certificate, Path key) throws BadFileException {
        try {
            context.present(text(certificate), text(key));
        } catch (SSLException e) {
            throw new BadFileException(
                    "cannot use the client certificate " + certificate + " with the key " + key
                            + "; both must be PEM and belong together, and the key must have no password: openssl pkcs8 -topk8 -nocrypt",
                    e);
        }
    }

    private static String text(Path file) throws BadFileException {
        return new String(octets(file), StandardCharsets.ISO_8859_1);
    }

    /** Names the authorities that were asked, when that is what failed. */
    Outcome outcome(Throwable handshakeFailure) {
        lookAt = System.nanoTime();
        Outcome outcome = FailureReason.outcome(handshakeFailure);
        return settings.ca()
                .map(ca -> new Outcome(
                        outcome.kind(), outcome.reason().replace("a trusted authority", "any authority in " + ca)))
                .orElse(outcome);
    }
}
