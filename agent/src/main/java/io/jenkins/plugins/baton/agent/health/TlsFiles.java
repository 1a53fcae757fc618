package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.health.tls.TlsContext;
import io.jenkins.plugins.baton.cluster.Probe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** The PEM files of a check, and what is made of them. Blocks; for one thread at a time. */
final class TlsFiles {
    private final Probe.Tls settings;
    private final Optional<String> host;
    /** When each was changed last, as of the last context. */
    private List<FileTime> times = List.of();

    TlsFiles(Probe.Tls settings, Optional<String> host) {
        this.settings = settings;
        this.host = host;
    }

    /** A file cannot be used; the message says which and why. */
    static final class BadFileException extends Exception {
        private static final long serialVersionUID = 1;

        private BadFileException(String message, Throwable cause) {
            super(message, cause);
        }

        Outcome outcome() {
            return FailureReason.isOwnShortage(getCause())
                    ? Outcome.notAsked(getMessage())
                    : Outcome.failed(getMessage());
        }
    }

    /** @return a new context, to be retired; empty when no file has changed since the last one */
    Optional<TlsContext> readIfChanged() throws BadFileException {
        List<FileTime> now =
                List.of(modified(settings.ca()), modified(settings.certificate()), modified(settings.key()));
        if (now.equals(times)) {
            return Optional.empty();
        }
        TlsContext made = context();
        times = now;
        return Optional.of(made);
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

    private TlsContext context() throws BadFileException {
        TlsContext context = trusting();
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

    private TlsContext trusting() throws BadFileException {
        Optional<byte[]> authorities =
                settings.ca().isPresent() ? Optional.of(octets(settings.ca().get())) : Optional.empty();
        try {
            return TlsContext.of(authorities, host);
        } catch (CertificateException e) {
            throw new BadFileException(settings.ca().orElseThrow() + " holds no PEM certificate that can be read", e);
        } catch (SSLException e) {
            throw new BadFileException("cannot set up TLS: " + e.getMessage(), e);
        }
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
}
