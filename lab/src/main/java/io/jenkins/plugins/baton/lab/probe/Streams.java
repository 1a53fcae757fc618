package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Answers that never end, each on a connection of its own, read by curl: downloads, and watches as kubectl keeps them. */
public final class Streams implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(100);

    private record Stream(Daemon curl, Path file) {
        long received() {
            return file.toFile().length();
        }
    }

    private final List<Stream> streams = new ArrayList<>();

    private Streams() {}

    /** For where there is nothing to read. */
    public static Streams none() {
        return new Streams();
    }

    /**
     * Begins to read; all of them flow when this returns.
     *
     * @param url of a backend's {@code /watch} or {@code /download}, with the address of the VIP
     * @param http {@code --http1.1} or {@code --http2}
     */
    public static Streams start(Host client, int count, String url, String http) {
        Streams streams = new Streams();
        for (int i = 0; i < count; i++) {
            Path file = client.directory().resolve("stream-" + System.nanoTime());
            List<String> curl = List.of("curl", "-skN", http, "-o", file.toString(), url);
            streams.streams.add(new Stream(client.start("curl", curl, Map.of()), file));
        }
        streams.streams.forEach(
                stream -> Await.until("the answer to " + url + " flows", START_TIMEOUT, () -> stream.received() > 0));
        return streams;
    }

    /** How many have ended, or stand still. */
    public int lost() {
        List<Long> before = streams.stream().map(Stream::received).toList();
        long begin = System.nanoTime();
        int lost;
        do {
            Await.pause(STEP);
            lost = (int) IntStream.range(0, streams.size())
                    .filter(i ->
                            !streams.get(i).curl().isAlive() || streams.get(i).received() <= before.get(i))
                    .count();
        } while (lost > 0 && System.nanoTime() - begin < START_TIMEOUT.toNanos());
        return lost;
    }

    @Override
    public void close() {
        streams.forEach(stream -> {
            stream.curl().close();
            stream.file().toFile().delete();
        });
    }
}
