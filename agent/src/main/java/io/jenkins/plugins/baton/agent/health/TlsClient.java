package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.health.tls.TlsContext;
import io.jenkins.plugins.baton.cluster.Probe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The TLS side of a check, with the authorities and the client's key from PEM files. The files are read again when they
 * change, for certificates are renewed under a running agent. Belongs to the loop of the checks.
 *
 * <p>With authorities given, the server's chain is verified against them; its name is verified only when the check
 * names a host: the certificate of a kube-apiserver, as kubeadm makes it, does not name 127.0.0.1.
 */
final class TlsClient {
    /** How long the files are believed to be as they were; after a failed handshake they are read at once. */
    private static final long READ_INTERVAL = TimeUnit.SECONDS.toNanos(10);

    private final Optional<Path> authorities;
    private final Executor workers;
    /** Of the worker that reads them; there is one at a time. */
    private final TlsFiles files;

    private final List<Waiting> waiting = new ArrayList<>();
    private TlsContext current;
    private long nextRead;
    private boolean closed;

    /** Who waits for the files; told on the loop. */
    interface Waiting {
        void ready(TlsContext context);

        /** The files cannot be used, or not be read now. */
        void unusable(Outcome outcome);
    }

    /** @param workers do what blocks; they may refuse */
    TlsClient(Probe.Tls settings, Optional<String> host, Executor workers) {
        this.authorities = settings.ca();
        this.files = new TlsFiles(settings, host);
        this.workers = workers;
    }

    /** The key files are on disk and reading them may take its time: the loop does not wait for that. */
    void prepare(CheckLoop loop, Waiting one) {
        if (current != null && System.nanoTime() - nextRead < 0) {
            one.ready(current);
            return;
        }
        waiting.add(one);
        if (waiting.size() > 1) {
            return; // a worker reads them already
        }
        try {
            workers.execute(() -> read(loop));
        } catch (RejectedExecutionException e) {
            loop.events().execute(() -> unusable(Outcome.notAsked("too many checks at once")));
        }
    }

    /** On a worker. */
    private void read(CheckLoop loop) {
        try {
            Optional<TlsContext> changed = files.readIfChanged();
            loop.events().execute(() -> use(changed));
        } catch (TlsFiles.BadFileException e) {
            loop.events().execute(() -> unusable(e.outcome()));
        } catch (RuntimeException | LinkageError e) {
            loop.events().execute(() -> unusable(Outcome.notAsked(FailureReason.of(e))));
        }
    }

    private void use(Optional<TlsContext> changed) {
        if (changed.isPresent()) {
            retire();
            current = changed.get();
        }
        nextRead = System.nanoTime() + READ_INTERVAL;
        if (closed) {
            retire();
            waiting.clear();
        } else {
            takeWaiting().forEach(one -> one.ready(current));
        }
    }

    private void unusable(Outcome outcome) {
        takeWaiting().forEach(one -> one.unusable(outcome));
        if (closed) {
            retire();
        }
    }

    /** Whoever is told may wait again. */
    private List<Waiting> takeWaiting() {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        return all;
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

    /** Names the authorities that were asked, when that is what failed. */
    Outcome outcome(Throwable handshakeFailure) {
        nextRead = System.nanoTime();
        Outcome outcome = FailureReason.outcome(handshakeFailure);
        return authorities
                .map(file -> new Outcome(
                        outcome.kind(), outcome.reason().replace("a trusted authority", "any authority in " + file)))
                .orElse(outcome);
    }
}
