package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.lab.probe.Observation.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Opens a new connection every few milliseconds, whatever became of the ones before: sends a TLS ClientHello, waits for
 * the first byte of the answer, closes. One thread and non-blocking channels, so that a black hole delays nothing.
 */
final class ConnectProbe {
    private final InetSocketAddress target;
    private final long intervalNanos;
    private final long timeoutNanos;
    private final byte[] hello;
    private final Consumer<Observation> report;

    /** One attempt: when it began, and what is still to be sent. */
    private record Attempt(long start, ByteBuffer request) {}

    ConnectProbe(
            InetSocketAddress target, Duration interval, Duration timeout, byte[] hello, Consumer<Observation> report) {
        this.target = target;
        this.intervalNanos = interval.toNanos();
        this.timeoutNanos = timeout.toNanos();
        this.hello = hello.clone();
        this.report = report;
    }

    /** Runs for the given time; attempts that are under way at its end are dropped. */
    void run(Duration time) throws IOException {
        try (Selector selector = Selector.open()) {
            long begin = System.nanoTime();
            long next = begin;
            long nextSweep = begin;
            while (System.nanoTime() - begin < time.toNanos()) {
                selector.select(this::advance, Math.max(1, (next - System.nanoTime()) / 1_000_000));
                long now = System.nanoTime();
                if (now - nextSweep >= 0) {
                    timeOut(selector, now);
                    nextSweep = now + timeoutNanos / 20;
                }
                if (now - next >= 0) {
                    open(selector, now);
                    // A late thread does not catch up in a burst.
                    next = Math.max(next + intervalNanos, now);
                }
            }
            for (SelectionKey key : List.copyOf(selector.keys())) {
                key.channel().close();
            }
        }
    }

    private void open(Selector selector, long now) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Attempt attempt = new Attempt(now, ByteBuffer.wrap(hello));
        try {
            channel.configureBlocking(false);
            boolean connected = channel.connect(target);
            channel.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, attempt);
        } catch (IOException e) {
            end(channel, attempt, Failure.of(e));
        }
    }

    private void advance(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Attempt attempt = (Attempt) key.attachment();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (key.isWritable()) {
                channel.write(attempt.request());
                if (!attempt.request().hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            } else if (key.isReadable()) {
                int read = channel.read(ByteBuffer.allocate(1));
                end(channel, attempt, read < 0 ? Outcome.CLOSED : Outcome.ANSWERED);
            }
        } catch (IOException e) {
            end(channel, attempt, Failure.of(e));
        }
    }

    private void timeOut(Selector selector, long now) {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.attachment() instanceof Attempt attempt && now - attempt.start() > timeoutNanos) {
                end((SocketChannel) key.channel(), attempt, Outcome.TIMED_OUT);
            }
        }
    }

    private void end(SocketChannel channel, Attempt attempt, Outcome outcome) {
        report.accept(Observation.connect(attempt.start(), System.nanoTime(), outcome));
        try {
            channel.close();
        } catch (IOException e) {
            // It has served; nothing is lost with it.
        }
    }
}
