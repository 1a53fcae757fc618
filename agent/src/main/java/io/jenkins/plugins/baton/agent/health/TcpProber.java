package io.jenkins.plugins.baton.agent.health;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Succeeds when the TCP handshake does. */
final class TcpProber implements Prober {
    private final InetSocketAddress target;

    TcpProber(InetSocketAddress target) {
        this.target = target;
    }

    @Override
    public Attempt ask(EventLoop loop, Consumer<Outcome> done) {
        ChannelFuture connecting = CheckConnector.connect(loop, target);
        connecting.addListener((ChannelFutureListener) future -> {
            if (future.isSuccess()) {
                future.channel().close();
                done.accept(Outcome.passed("connected"));
            } else if (!future.isCancelled()) {
                done.accept(FailureReason.outcome(future.cause()));
            }
        });
        return new Attempt() {
            @Override
            public String stage() {
                return "while connecting";
            }

            @Override
            public boolean isServersTurn() {
                return true;
            }

            @Override
            public void abandon() {
                connecting.cancel(false);
            }
        };
    }
}
