package io.jenkins.plugins.baton.fleet.nodes;

import java.io.InputStream;
import java.time.Duration;

/** A stream that gives a byte now and then until it is closed: as the input of a command it says that we still live. */
final class HeartbeatInput extends InputStream {
    private final long pauseMillis;
    /** Guarded by this. */
    private boolean closed;

    HeartbeatInput(Duration pause) {
        this.pauseMillis = pause.toMillis();
    }

    @Override
    public synchronized int read() {
        long end = System.nanoTime() + pauseMillis * 1_000_000;
        try {
            for (long left = pauseMillis; left > 0 && !closed; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
        return closed ? -1 : '\n';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int one = read();
        if (one >= 0) {
            buffer[offset] = (byte) one;
        }
        return one < 0 ? -1 : 1;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
