package io.jenkins.plugins.baton.lab.bench.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A client in its own JVM that asks at a fixed rate, however slowly it is answered: {@code ADDRESS PORT RATE SECONDS}.
 * Prints the 50th and the 99th percentile in microseconds, and for how many samples. Each of its connections has
 * its own slots of the timetable; a request that has to wait for the answer before counts from its slot on
 * (no coordinated omission). That the thread itself woke late is not the server's fault and does not count.
 */
public final class OpenLoop {
    private static final int CONNECTIONS = 24;
    private static final double WARM_UP_SECONDS = 1;

    private final String address;
    private final int port;
    private final long periodNanos;
    private final long begin;
    private final long measureFrom;
    private final long end;

    private OpenLoop(String address, int port, double rate, double seconds) {
        this.address = address;
        this.port = port;
        this.periodNanos = (long) (CONNECTIONS * 1e9 / rate);
        this.begin = System.nanoTime() + 100_000_000;
        this.measureFrom = begin + (long) (WARM_UP_SECONDS * 1e9);
        this.end = measureFrom + (long) (seconds * 1e9);
    }

    public static void main(String[] arguments) throws InterruptedException {
        OpenLoop loop = new OpenLoop(
                arguments[0],
                Integer.parseInt(arguments[1]),
                Double.parseDouble(arguments[2]),
                Double.parseDouble(arguments[3]));
        long[] nanos = loop.run();
        Arrays.sort(nanos);
        System.out.printf("%.1f %.1f %d%n", percentile(nanos, 50) / 1e3, percentile(nanos, 99) / 1e3, nanos.length);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private long[] run() throws InterruptedException {
        long[][] each = new long[CONNECTIONS][];
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread[] threads = new Thread[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            int number = i;
            threads[i] = new Thread(() -> {
                try {
                    each[number] = ask(begin + periodNanos * number / CONNECTIONS);
                } catch (IOException e) {
                    failure.set(e);
                    each[number] = new long[0];
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            System.err.println("open loop to " + address + ":" + port + ": "
                    + failure.get().getMessage());
            System.exit(1);
        }
        return Arrays.stream(each).flatMapToLong(Arrays::stream).toArray();
    }

    private long[] ask(long firstSlot) throws IOException {
        byte[] request = ("GET / HTTP/1.1\r\nHost: " + address + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        long[] latencies = new long[(int) ((end - begin) / periodNanos) + 1];
        int count = 0;
        try (Socket socket = new Socket(address, port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[answerLength(out, in, request)];
            DataInputStream data = new DataInputStream(in);
            for (long slot = firstSlot; slot < end; slot += periodNanos) {
                long now = System.nanoTime();
                boolean late = now - slot > 0;
                while (now - slot < 0) {
                    LockSupport.parkNanos(slot - now);
                    now = System.nanoTime();
                }
                out.write(request);
                data.readFully(answer);
                if (slot - measureFrom >= 0 && count < latencies.length) {
                    latencies[count++] = System.nanoTime() - (late ? slot : now);
                }
            }
        }
        return Arrays.copyOf(latencies, count);
    }

    /** All answers are alike: the first one tells how long they are. */
    private static int answerLength(OutputStream out, InputStream in, byte[] request) throws IOException {
        out.write(request);
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                throw new IOException("closed after " + length + " bytes of an answer");
            }
            length += read;
            String text = new String(buffer, 0, length, StandardCharsets.US_ASCII);
            int body = text.indexOf("\r\n\r\n") + 4;
            int field = text.indexOf("Content-Length: ");
            if (body > 3 && field > 0) {
                int digits = field + "Content-Length: ".length();
                int whole = body + Integer.parseInt(text.substring(digits, text.indexOf('\r', digits)));
                if (length >= whole) {
                    return whole;
                }
            }
        }
    }
}
