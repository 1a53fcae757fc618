package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.probe.ConnectProbe;
import io.jenkins.plugins.baton.probe.LongLived;
import io.jenkins.plugins.baton.probe.LongLived.Loss;
import io.jenkins.plugins.baton.probe.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The client in its own JVM: {@code ADDRESS PORT CONNECT-INTERVAL-MS SESSIONS SECONDS}. Each observation is a line on
 * standard output. It ends after the given time, and at once when its standard input does, which is when its parent dies.
 */
public final class ProbeMain {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration REPORT_INTERVAL = Duration.ofMillis(20);

    private ProbeMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        InetSocketAddress address = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        Target target = new Target("kubernetes", address, true, Optional.of("/version"));
        Duration interval = Duration.ofMillis(Long.parseLong(arguments[2]));
        int sessions = Integer.parseInt(arguments[3]);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[4]));

        Thread parent = new Thread(ProbeMain::endWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        try (LongLived longLived = LongLived.replacing(target, sessions, TIMEOUT);
                ConnectProbe connects = new ConnectProbe(target, interval, TIMEOUT)) {
            connects.start();
            report(connects, longLived, System.nanoTime() + time.toNanos());
        }
        System.exit(0);
    }

    /** Not by the probes' own threads: who reads slowly must not slow them. */
    private static void report(ConnectProbe connects, LongLived longLived, long end) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        int told = 0;
        while (System.nanoTime() - end < 0) {
            long until = connects.completeUntil();
            long answered = longLived.answered();
            connects.take().forEach(sample -> out.println(new Observation.Connect(sample).toLine()));
            List<Loss> losses = longLived.losses();
            losses.subList(told, losses.size()).forEach(loss -> out.println(new Observation.Lost(loss).toLine()));
            told = losses.size();
            out.println(new Observation.Complete(until, answered).toLine());
            out.flush();
            Thread.sleep(REPORT_INTERVAL.toMillis());
        }
    }

    private static void endWithParent() {
        try {
            System.in.read();
        } catch (IOException e) {
            // As good as its end.
        }
        System.exit(0);
    }
}
