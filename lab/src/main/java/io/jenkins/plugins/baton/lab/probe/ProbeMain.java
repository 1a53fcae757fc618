package io.jenkins.plugins.baton.lab.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/**
 * The client in its own JVM: {@code ADDRESS PORT CONNECT-INTERVAL-MS SESSIONS SECONDS}. Each observation is a line on
 * standard output. It ends after the given time, and at once when its standard input does, which is when its parent dies.
 */
public final class ProbeMain {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration SESSION_PAUSE = Duration.ofMillis(100);

    private ProbeMain() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress target = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        Duration interval = Duration.ofMillis(Long.parseLong(arguments[2]));
        int sessions = Integer.parseInt(arguments[3]);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[4]));

        daemon("parent", ProbeMain::endWithParent);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        Consumer<Observation> report = observation -> out.println(observation.toLine());
        SSLSocketFactory tls = Tls.context().getSocketFactory();
        for (int i = 0; i < sessions; i++) {
            daemon("session-" + i, new Session(target, SESSION_PAUSE, TIMEOUT, tls, report));
        }
        new ConnectProbe(target, interval, TIMEOUT, Tls.clientHello(), report).run(time);
        System.exit(0);
    }

    private static void endWithParent() {
        try {
            System.in.read();
        } catch (IOException e) {
            // As good as its end.
        }
        System.exit(0);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
