package io.jenkins.plugins.baton.probe;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One new connection that is under way, on the prober's selector. */
final class Attempt {
    final long start = System.nanoTime();
    private final boolean tls;
    private final ClientHello hello;
    private final SocketChannel channel;

    private Attempt(boolean tls, ClientHello hello, SocketChannel channel) {
        this.tls = tls;
        this.hello = hello;
        this.channel = channel;
    }

    static Attempt begin(Target target, ClientHello hello, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Attempt attempt = new Attempt(target.tls(), hello, channel);
        channel.configureBlocking(false);
        // A reset at the end: thousands of probes must not leave as many ports in TIME_WAIT.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, attempt);
        try {
            if (channel.connect(target.address())) {
                key.interestOps(SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            attempt.close();
            throw e;
        }
        return attempt;
    }

    /**
     * Goes on as far as it can.
     *
     * @return the result when it has one, else null
     */
    Sample.Result advance(SelectionKey key) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                if (!tls) {
                    return Sample.Result.ANSWERED;
                }
                channel.write(hello.record());
                key.interestOps(SelectionKey.OP_READ);
                return null;
            }
            ByteBuffer first = ByteBuffer.allocate(1);
            int read = channel.read(first);
            if (read == 0) {
                return null;
            }
            return read > 0 && ClientHello.isAnswer(first.get(0))
                    ? Sample.Result.ANSWERED
                    : Sample.Result.CLOSED_WITHOUT_ANSWER;
        } catch (IOException e) {
            return Sample.Result.of(e);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing of it is needed any more.
            return;
        }
    }
}
