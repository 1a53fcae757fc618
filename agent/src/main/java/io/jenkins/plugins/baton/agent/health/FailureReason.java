package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.health.tls.NotTlsException;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Names in a few words why a check failed. */
final class FailureReason {
    /**
     * This node lacks what asking takes: strerror(3) of EMFILE, ENFILE, ENOMEM, ENOBUFS, EADDRNOTAVAIL and EAGAIN, the
     * same by number where Java could not start a program, and its words where posix_spawn(3) got only half way.
     */
    private static final Pattern OWN_SHORTAGE =
            Pattern.compile("(?i)too many open files|cannot allocate memory|not enough space|no buffer space"
                    + "|cannot assign requested address|resource temporarily unavailable|unable to create native thread"
                    + "|error=(?:11|12|23|24),|spawn helper|cannot fork");

    private FailureReason() {}

    /** The outcome of a check that ended with this. */
    static Outcome outcome(Throwable cause) {
        String reason = of(cause);
        return isOwnShortage(cause) ? Outcome.notAsked(reason) : Outcome.failed(reason);
    }

    /** Whether this node lacked descriptors, memory, threads or ports, so that nothing was learnt of the server. */
    static boolean isOwnShortage(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError || isOwnShortage(words(t))) {
                return true;
            }
        }
        return false;
    }

    /** The same of what a program said before it failed. */
    static boolean isOwnShortage(String said) {
        return OWN_SHORTAGE.matcher(said).find();
    }

    static String of(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String known = known(t);
            if (known != null) {
                return known;
            }
        }
        return lastWord(failure);
    }

    private static String known(Throwable t) {
        if (t instanceof CertificateExpiredException) {
            return "certificate expired (" + t.getMessage() + ")";
        }
        if (t instanceof CertificateNotYetValidException) {
            return "certificate not yet valid (" + t.getMessage() + ")";
        }
        if (t instanceof CertPathBuilderException) {
            return "certificate not signed by a trusted authority";
        }
        // The checks of the path come wrapped in a CertificateException too: look deeper first.
        if (t instanceof CertificateException && t.getCause() == null) {
            return "certificate not accepted: " + t.getMessage();
        }
        if (t instanceof NotTlsException) {
            return "the answer is not TLS";
        }
        return null;
    }

    private static String lastWord(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null && t.getMessage() == null) {
            t = t.getCause();
        }
        return (t instanceof SSLException ? "TLS: " : "") + firstLine(words(t));
    }

    /** Of a system call what the C library says, as an operator knows it from other programs. */
    private static String words(Throwable t) {
        if (t instanceof LinuxException refused) {
            return Libc.strerror(refused.code()).toLowerCase(Locale.ROOT);
        }
        return t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
    }

    /** Messages may quote the server: keep them short and on one line. */
    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("").replaceAll("(?U)\\p{Cntrl}", "?");
        return line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }
}
