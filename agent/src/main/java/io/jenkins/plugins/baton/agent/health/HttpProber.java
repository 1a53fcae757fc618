package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.health.tls.TlsContext;
import io.jenkins.plugins.baton.agent.health.tls.TlsHandler;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Asks by {@code GET} over HTTP or HTTPS, one connection per check, and looks at the status. */
final class HttpProber implements Prober {
    private static final int MAX_FIRST_LINE = 4096;
    private static final int MAX_HEADER = 16384;
    private static final int MAX_CHUNK = 8192;

    private final Probe.Http probe;
    private final Endpoint target;
    private final TlsClient tls;

    HttpProber(Probe.Http probe, Endpoint target, Executor workers) {
        this.probe = probe;
        this.target = target;
        this.tls = probe.tls()
                .map(settings -> new TlsClient(settings, probe.host(), workers))
                .orElse(null);
    }

    @Override
    public Attempt ask(EventLoop loop, Consumer<Outcome> done) {
        Exchange exchange = new Exchange(loop, done);
        if (tls == null) {
            exchange.connect(null);
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

    private FullHttpRequest request() {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, probe.path());
        request.headers()
                .set(HttpHeaderNames.HOST, probe.host().orElse(target.toString()))
                .set(HttpHeaderNames.USER_AGENT, "baton")
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.CONNECTION, "close");
        return request;
    }

    private Outcome judge(int status) {
        return probe.expect().stream().anyMatch(range -> range.contains(status))
                ? Outcome.passed("HTTP " + status)
                : Outcome.notReady("HTTP " + status);
    }

    /** One question: prepare TLS, connect, shake hands, ask, read the status. Lives on the loop. */
    private final class Exchange implements Attempt {
        private final EventLoop loop;
        private final Consumer<Outcome> done;
        private String stage = "while connecting";
        private ChannelFuture connecting;
        private boolean over;

        Exchange(EventLoop loop, Consumer<Outcome> done) {
            this.loop = loop;
            this.done = done;
        }

        @Override
        public String stage() {
            return stage;
        }

        @Override
        public boolean isServersTurn() {
            return connecting != null;
        }

        @Override
        public void abandon() {
            over = true;
            hangUp();
        }

        void prepareTls() {
            stage = "while reading the TLS files";
            tls.prepare(loop, new TlsClient.Waiting() {
                @Override
                public void ready(TlsContext context) {
                    connect(context);
                }

                @Override
                public void unusable(Outcome outcome) {
                    end(outcome);
                }
            });
        }

        void connect(TlsContext context) {
            if (over) {
                return;
            }
            stage = "while connecting";
            connecting = CheckConnector.connect(
                    loop,
                    target.toSocketAddress(),
                    new HttpClientCodec(MAX_FIRST_LINE, MAX_HEADER, MAX_CHUNK),
                    new StatusReader(status -> end(judge(status)), cause -> end(FailureReason.outcome(cause))));
            connecting.addListener((ChannelFutureListener) future -> {
                if (!future.isSuccess()) {
                    end(FailureReason.outcome(future.cause()));
                } else if (context != null) {
                    shakeHands(context);
                } else {
                    sendRequest();
                }
            });
        }

        private void shakeHands(TlsContext context) {
            stage = "in the TLS handshake";
            connecting.channel().pipeline().addFirst(new TlsHandler(context, new TlsHandler.Listener() {
                @Override
                public void secured() {
                    sendRequest();
                }

                @Override
                public void failed(Throwable cause) {
                    end(tls.outcome(cause));
                }
            }));
        }

        private void sendRequest() {
            stage = "while waiting for the answer";
            connecting.channel().writeAndFlush(request()).addListener(write -> {
                if (!write.isSuccess()) {
                    end(FailureReason.outcome(write.cause()));
                }
            });
        }

        /** The first one to report wins; what follows from hanging up is nobody's news. */
        private void end(Outcome outcome) {
            if (!loop.inEventLoop()) {
                loop.execute(
                        () -> end(outcome)); // Netty tells of a socket that it could not open on a thread of its own
            } else if (!over) {
                over = true;
                hangUp();
                done.accept(outcome);
            }
        }

        /** Without file descriptors there was no socket: what stands for it is registered nowhere and cannot close. */
        private void hangUp() {
            if (connecting != null && connecting.channel().isRegistered()) {
                connecting.cancel(false);
                connecting.channel().close();
            }
        }
    }
}
