package io.jenkins.plugins.baton.probe;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import jdk.net.ExtendedSocketOptions;

/**
 * One long-lived connection: HTTP/1.1 with keep-alive where the target speaks it, else an idle one that TCP keep-alive
 * watches. One thread.
 */
final class KeepAliveConnection implements AutoCloseable {
    private static final String CONTENT_LENGTH = "content-length:";
    private static final int MAX_BODY = 1 << 20;

    /** Of a header, in characters: more than any server writes. */
    private static final int MAX_LINE = 1 << 16;

    private final Socket socket;
    private final InputStream answers;
    private final byte[] question;
    private String answer = "";

    private KeepAliveConnection(Socket socket, byte[] question) throws IOException {
        this.socket = socket;
        this.answers = new BufferedInputStream(socket.getInputStream());
        this.question = question;
    }

    /** @throws IOException as the socket throws it, for {@link Sample.Result#of} */
    static KeepAliveConnection open(Target target, Duration readTimeout) throws IOException {
        int millis = Math.toIntExact(readTimeout.toMillis());
        Socket plain = new Socket();
        try {
            plain.connect(target.address(), millis);
            plain.setSoTimeout(millis);
            plain.setTcpNoDelay(true);
            watch(plain);
            Socket socket = target.tls()
                    ? InsecureTls.context()
                            .getSocketFactory()
                            .createSocket(plain, null, target.address().getPort(), true)
                    : plain;
            byte[] question = target.path()
                    .map(path -> "GET " + path + " HTTP/1.1\r\nHost: " + target + "\r\nUser-Agent: baton\r\n\r\n")
                    .orElse("")
                    .getBytes(StandardCharsets.US_ASCII);
            KeepAliveConnection connection = new KeepAliveConnection(socket, question);
            connection.ask();
            return connection;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** The host that now has the address answers a keep-alive of a connection it does not know with a reset. */
    private static void watch(Socket socket) throws IOException {
        socket.setKeepAlive(true);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 1);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 1);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 5);
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** The body of the last answer; empty on an idle connection. */
    String answer() {
        return answer;
    }

    /** Asks and reads the answer; on an idle connection looks whether it is still there. */
    void ask() throws IOException {
        if (question.length == 0) {
            idle();
            return;
        }
        socket.getOutputStream().write(question);
        socket.getOutputStream().flush();
        String status = line();
        if (!status.startsWith("HTTP/1.")) {
            throw new IOException("the answer is not HTTP: " + status);
        }
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(CONTENT_LENGTH)) {
                length = length(lower.substring(CONTENT_LENGTH.length()), 10);
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            }
        }
        answer = chunked ? chunks() : read(length);
    }

    private void idle() throws IOException {
        int readTimeout = socket.getSoTimeout();
        try {
            socket.setSoTimeout(1);
            if (answers.read() < 0) {
                throw new EOFException("closed by the server");
            }
        } catch (SocketTimeoutException e) {
            // Silence is what an idle connection is about.
            return;
        } finally {
            socket.setSoTimeout(readTimeout);
        }
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int size = length(line().split(";", 2)[0], 16);
            body.append(read(size));
            line();
            if (size == 0) {
                return body.toString();
            }
            if (body.length() > MAX_BODY) {
                throw new IOException("the answer is longer than " + MAX_BODY + " bytes");
            }
        }
    }

    private static int length(String written, int radix) throws IOException {
        long length;
        try {
            length = Long.parseLong(written.strip(), radix);
        } catch (NumberFormatException e) {
            throw new IOException("the answer is not HTTP: it has the length '" + written.strip() + "'", e);
        }
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("the answer has " + length + " bytes, which is not 0.." + MAX_BODY);
        }
        return (int) length;
    }

    private String read(int length) throws IOException {
        byte[] body = answers.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer was cut short");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                throw new EOFException("closed by the server");
            }
            if (line.length() == MAX_LINE) {
                throw new IOException("the answer has a line longer than " + MAX_LINE + " characters");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It was lost already.
            return;
        }
    }
}
