package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.health.tls.TlsContext;
import io.jenkins.plugins.baton.agent.health.tls.TlsSession;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Asks by {@code GET} over HTTP or HTTPS, one connection per check, and looks at the status. */
final class HttpProber implements Prober {
    private final Probe.Http probe;
    private final Endpoint target;
    private final TlsClient tls;
    private final NativeMemory request;

    HttpProber(Probe.Http probe, Endpoint target, Executor workers) {
        this.probe = probe;
        this.target = target;
        this.tls = probe.tls()
                .map(settings -> new TlsClient(settings, probe.host(), workers))
                .orElse(null);
        byte[] octets = request().getBytes(StandardCharsets.UTF_8);
        this.request = new NativeMemory(octets.length);
        request.bytes().put(octets);
    }

    private String request() {
        return "GET " + probe.path() + " HTTP/1.1\r\n"
                + "host: " + probe.host().orElse(target.toString()) + "\r\n"
                + "user-agent: baton\r\n"
                + "accept: */*\r\n"
                + "connection: close\r\n"
                + "\r\n";
    }

    @Override
    public Attempt ask(CheckLoop loop, Consumer<Outcome> done) {
        Exchange exchange = new Exchange(loop, done);
        if (tls == null) {
            exchange.connect();
        } else {
            exchange.prepareTls();
        }
        return exchange;
    }

    @Override
    public void close() {
        if (tls != null) {
            tls.close();
        }
    }

    private Outcome judge(int status) {
        return probe.expect().stream().anyMatch(range -> range.contains(status))
                ? Outcome.passed("HTTP " + status)
                : Outcome.notReady("HTTP " + status);
    }

    /** One question: prepare TLS, connect, make the handshake, ask, read the status. Lives on the loop. */
    private final class Exchange implements Attempt, CheckConnection.Listener, TlsSession.Peer {
        private final CheckLoop loop;
        private final Consumer<Outcome> done;
        private final AnswerReader answer = new AnswerReader();
        private String stage = "while connecting";
        /** Null over plain TCP, and until its files were read. */
        private TlsContext context;
        /** Null before there is one. */
        private CheckConnection connection;

        private TlsSession session;
        private boolean over;

        Exchange(CheckLoop loop, Consumer<Outcome> done) {
            this.loop = loop;
            this.done = done;
        }

        @Override
        public String stage() {
            return stage;
        }

        @Override
        public boolean isServersTurn() {
            return connection != null;
        }

        @Override
        public void abandon() {
            over = true;
            disconnect();
        }

        void prepareTls() {
            stage = "while reading the TLS files";
            tls.prepare(loop, new TlsClient.Waiting() {
                @Override
                public void ready(TlsContext files) {
                    context = files;
                    connect();
                }

                @Override
                public void unusable(Outcome outcome) {
                    end(outcome);
                }
            });
        }

        void connect() {
            if (over) {
                return;
            }
            stage = "while connecting";
            try {
                connection = CheckConnection.open(loop, target.toSocketAddress(), this);
            } catch (IOException e) {
                failed(e);
            }
        }

        @Override
        public void connected() throws IOException {
            if (context == null) {
                stage = "while waiting for the answer";
                connection.send(request, request.size());
            } else {
                stage = "in the TLS handshake";
                session = new TlsSession(context, this);
                session.begin();
            }
        }

        @Override
        public void secured() throws IOException {
            stage = "while waiting for the answer";
            session.write(request);
        }

        @Override
        public void send(NativeMemory octets, int length) throws IOException {
            connection.send(octets, length);
        }

        /** What came: with TLS first as it came, then decrypted. */
        @Override
        public void received(ByteBuffer octets) throws IOException {
            if (session == null) {
                read(octets);
            } else {
                session.receive(octets);
            }
        }

        @Override
        public void decrypted(ByteBuffer octets) throws IOException {
            read(octets);
        }

        private void read(ByteBuffer octets) throws IOException {
            OptionalInt status = answer.read(octets);
            if (status.isPresent()) {
                end(judge(status.getAsInt()));
            }
        }

        @Override
        public void failed(IOException cause) {
            boolean inHandshake = session != null && !session.isSecured();
            end(inHandshake ? tls.outcome(cause) : FailureReason.outcome(cause));
        }

        /** The first one to report wins; what follows from disconnecting is not reported. */
        private void end(Outcome outcome) {
            if (!over) {
                over = true;
                disconnect();
                done.accept(outcome);
            }
        }

        private void disconnect() {
            if (session != null) {
                session.close();
            }
            if (connection != null) {
                connection.close();
            }
        }
    }
}
