package io.jenkins.plugins.baton.agent.health.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.internal.tcnative.SSL;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * TLS on one connection, as a client: shakes hands when it is added to a pipeline that is active, then encrypts what is
 * written and decrypts what is read. Hanging up sends no close_notify, and nobody waits for one.
 */
public final class TlsHandler extends ChannelDuplexHandler {
    /** What the library has to send is kept here until it is sent; a flight that is longer goes in pieces. */
    private static final int OUTGOING = 4096;

    private static final int PLAIN = 2048;
    private static final int RECORD_HEADER = 5;

    /** Told on the loop; one of the two, once. */
    public interface Listener {
        void secured();

        /** @param cause its cause is the {@link CertificateException} if that was the trouble */
        void failed(Throwable cause);
    }

    private final TlsContext context;
    private final Listener listener;
    /** Of the library; 0 before the beginning and after the end. */
    private long ssl;

    private long bio;
    /** Where what the library reads from at the moment ends in memory; 0 when there is nothing. */
    private long incomingEnd;

    private boolean secured;
    private boolean failed;
    private boolean heard;
    /** What came while it was too little to tell TLS from something else. */
    private ByteBuf first;

    public TlsHandler(TlsContext context, Listener listener) {
        this.context = context;
        this.listener = listener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext channel) {
        try {
            ssl = context.open();
            bio = SSL.bioNewByteBuffer(ssl, OUTGOING);
            shakeHands(channel);
        } catch (SSLException e) {
            fail(e);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext channel) {
        if (ssl != 0) {
            context.close(ssl);
            ssl = 0;
        }
        if (first != null) {
            first.release();
            first = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) {
        ByteBuf octets = together(channel, (ByteBuf) message);
        try {
            if (isOver() || !octets.isReadable()) {
                return;
            }
            if (!heard) {
                if (!mayBeTls(octets)) {
                    fail(new NotTlsException());
                    return;
                }
                if (octets.readableBytes() < RECORD_HEADER) {
                    first = octets.retain();
                    return;
                }
                heard = true;
            }
            take(channel, octets);
        } finally {
            octets.release();
        }
    }

    private ByteBuf together(ChannelHandlerContext channel, ByteBuf octets) {
        if (first == null) {
            return octets;
        }
        ByteBuf both = channel.alloc().directBuffer(first.readableBytes() + octets.readableBytes());
        both.writeBytes(first).writeBytes(octets);
        first.release();
        first = null;
        octets.release();
        return both;
    }

    private static boolean mayBeTls(ByteBuf octets) {
        int start = octets.readerIndex();
        int type = octets.getUnsignedByte(start);
        return type >= 20 && type <= 24 && (octets.readableBytes() < 2 || octets.getByte(start + 1) == 3);
    }

    private boolean isOver() {
        return failed || ssl == 0;
    }

    private void take(ChannelHandlerContext channel, ByteBuf octets) {
        incomingEnd = octets.memoryAddress() + octets.writerIndex();
        SSL.bioSetByteBuffer(bio, octets.memoryAddress() + octets.readerIndex(), octets.readableBytes(), false);
        try {
            if (!secured) {
                shakeHands(channel);
            }
            if (secured && !isOver()) {
                decrypt(channel);
            }
        } finally {
            incomingEnd = 0;
            if (ssl != 0) {
                SSL.bioClearByteBuffer(bio);
            }
        }
    }

    private void shakeHands(ChannelHandlerContext channel) {
        int error;
        do {
            int result = SSL.doHandshake(ssl);
            error = result == 1 ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
            send(channel, channel.newPromise());
        } while (error == SSL.SSL_ERROR_WANT_WRITE);
        if (error == SSL.SSL_ERROR_NONE) {
            secured = true;
            listener.secured();
        } else if (error != SSL.SSL_ERROR_WANT_READ) {
            fail(failure());
        }
    }

    /** Also takes the alert that the library has for the server, if any, off its list of errors. */
    private SSLException failure() {
        SSLException said = BoringSsl.failure();
        Optional<CertificateException> refusal = context.takeRefusal();
        if (refusal.isEmpty()) {
            return said;
        }
        SSLException refused = new SSLHandshakeException(refusal.get().getMessage());
        refused.initCause(refusal.get());
        return refused;
    }

    /** Sends what the library has for the server; it goes on reading where it was. */
    private void send(ChannelHandlerContext channel, ChannelPromise promise) {
        int length = SSL.bioLengthNonApplication(bio);
        if (length == 0) {
            promise.setSuccess();
            return;
        }
        int unread = incomingEnd == 0 ? 0 : SSL.bioLengthByteBuffer(bio);
        ByteBuf flight = channel.alloc().directBuffer(length);
        SSL.bioSetByteBuffer(bio, flight.memoryAddress(), length, true);
        SSL.bioFlushByteBuffer(bio);
        if (unread > 0) {
            SSL.bioSetByteBuffer(bio, incomingEnd - unread, unread, false);
        } else {
            SSL.bioClearByteBuffer(bio);
        }
        channel.writeAndFlush(flight.writerIndex(length), promise);
    }

    private void decrypt(ChannelHandlerContext channel) {
        do {
            ByteBuf plain = channel.alloc().directBuffer(PLAIN);
            int length = SSL.readFromSSL(ssl, plain.memoryAddress(), PLAIN);
            if (length <= 0) {
                plain.release();
                int error = SSL.getError(ssl, length);
                if (error != SSL.SSL_ERROR_WANT_READ && error != SSL.SSL_ERROR_ZERO_RETURN) {
                    failed = true;
                    channel.fireExceptionCaught(BoringSsl.failure());
                }
                return;
            }
            channel.fireChannelRead(plain.writerIndex(length));
        } while (!isOver() && (SSL.bioLengthByteBuffer(bio) > 0 || SSL.sslPending(ssl) > 0));
    }

    @Override
    public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) {
        ByteBuf given = (ByteBuf) message;
        ByteBuf plain = channel.alloc().directBuffer(given.readableBytes());
        try {
            int length = given.readableBytes();
            plain.writeBytes(given);
            int error = SSL.SSL_ERROR_WANT_WRITE;
            while (error == SSL.SSL_ERROR_WANT_WRITE && !isOver()) {
                int result = SSL.writeToSSL(ssl, plain.memoryAddress(), length);
                error = result > 0 ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
                if (error == SSL.SSL_ERROR_WANT_WRITE) {
                    send(channel, channel.newPromise());
                }
            }
            if (error == SSL.SSL_ERROR_NONE) {
                send(channel, promise);
            } else {
                promise.setFailure(isOver() ? new ClosedChannelException() : BoringSsl.failure());
            }
        } finally {
            plain.release();
            given.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        if (!secured) {
            fail(new ClosedChannelException());
        }
        channel.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
        if (secured) {
            channel.fireExceptionCaught(cause);
        } else {
            fail(cause);
        }
    }

    private void fail(Throwable cause) {
        if (!failed) {
            failed = true;
            listener.failed(cause);
        }
    }
}
