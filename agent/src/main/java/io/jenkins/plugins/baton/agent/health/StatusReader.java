package io.jenkins.plugins.baton.agent.health;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Waits for the status of an HTTP answer, and is not interested in the rest of it. */
final class StatusReader extends ChannelInboundHandlerAdapter {
    private final IntConsumer status;
    private final Consumer<Throwable> failure;

    StatusReader(IntConsumer status, Consumer<Throwable> failure) {
        this.status = status;
        this.failure = failure;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpResponse response) {
                read(response);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            failure.accept(notHttp(response.decoderResult().cause()));
        } else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            // RFC 9110 section 15.2: any number of 1xx answers may come before the final one.
            status.accept(response.status().code());
        }
    }

    /** Names garbage as such; an answer that is HTTP but too long has its own name. */
    private static Throwable notHttp(Throwable cause) {
        return cause instanceof TooLongFrameException ? cause : new IOException("the answer is not HTTP");
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failure.accept(new IOException("connection closed without an answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure.accept(cause);
    }
}
