package io.jenkins.plugins.baton.fleet.network;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A stream of lines that come one after the other, as the input of a program that waits for them. */
final class LineInput extends InputStream {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
    private byte[] current = {};
    private int next;

    void writeLine(String line) {
        lines.add((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            if (next == current.length) {
                current = lines.take();
                next = 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
        if (current == END) {
            lines.add(END);
            return -1;
        }
        int count = Math.min(length, current.length - next);
        System.arraycopy(current, next, buffer, offset, count);
        next += count;
        return count;
    }

    /** The program reads an end of its input after what it was given. */
    @Override
    public void close() {
        lines.add(END);
    }
}
