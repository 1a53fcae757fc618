package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.lab.probe.Observation.Kind;
import io.jenkins.plugins.baton.lab.probe.Observation.Outcome;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;

/** A long-lived HTTPS connection with a request now and then, as a kubelet has one; a lost one is opened anew. */
final class Session implements Runnable {
    private static final String REQUEST = "GET /version HTTP/1.1\r\nHost: kubernetes\r\n\r\n";
    private static final Pattern NODE = Pattern.compile("\"node\": \"([^\"]+)\"");

    private final InetSocketAddress target;
    private final Duration pause;
    private final Duration timeout;
    private final SSLSocketFactory tls;
    private final Consumer<Observation> report;

    Session(
            InetSocketAddress target,
            Duration pause,
            Duration timeout,
            SSLSocketFactory tls,
            Consumer<Observation> report) {
        this.target = target;
        this.pause = pause;
        this.timeout = timeout;
        this.tls = tls;
        this.report = report;
    }

    /** Goes on until its thread ends with the JVM. */
    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket raw = new Socket()) {
                raw.connect(target, (int) timeout.toMillis());
                raw.setSoTimeout((int) timeout.toMillis());
                raw.setTcpNoDelay(true);
                try (Socket socket = tls.createSocket(raw, "kubernetes", target.getPort(), true)) {
                    socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                    String node = node(answer(socket.getInputStream()));
                    ask(socket, "port " + raw.getLocalPort() + " to " + node);
                }
            } catch (IOException e) {
                sleep();
            }
        }
    }

    /** Only here is the session established: what fails before is the connect probe's matter. */
    private void ask(Socket socket, String connection) throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        while (true) {
            sleep();
            long start = System.nanoTime();
            try {
                out.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                answer(in);
                report.accept(new Observation(Kind.REQUEST, start, System.nanoTime(), Outcome.ANSWERED, connection));
            } catch (IOException e) {
                report.accept(new Observation(Kind.REQUEST, start, System.nanoTime(), Failure.of(e), connection));
                throw e;
            }
        }
    }

    /** The lab's backends say who they are. */
    private static String node(String answer) {
        Matcher node = NODE.matcher(answer);
        return node.find() ? node.group(1) : "an unknown node";
    }

    private static String answer(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        byte[] answer = new byte[length];
        in.readFully(answer);
        return new String(answer, StandardCharsets.US_ASCII);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("closed by the other side");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    private void sleep() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
