package io.jenkins.plugins.baton.fleet.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines of a known_hosts file and what they say about a host's key, as ssh decides it (sshd(8), SSH_KNOWN_HOSTS FILE
 * FORMAT). Pure.
 *
 * @param lines those that can be read
 * @param skipped the numbers of those that cannot
 */
record KnownHosts(List<Line> lines, List<Integer> skipped) {
    private static final int DEFAULT_PORT = 22;

    enum Marker {
        NONE(""),
        REVOKED("@revoked"),
        AUTHORITY("@cert-authority");

        private final String word;

        Marker(String word) {
            this.word = word;
        }

        static Optional<Marker> of(String word) {
            return Stream.of(REVOKED, AUTHORITY)
                    .filter(marker -> marker.word.equals(word))
                    .findFirst();
        }
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param type of the key, as {@code ssh-rsa}
     * @param key in wire form
     */
    record Line(int number, Marker marker, HostPatterns hosts, String type, byte[] key) {
        private boolean is(Marker wanted, String host) {
            return marker == wanted && hosts.match(host);
        }
    }

    /** What the file says about a key. */
    enum Answer {
        KNOWN,
        /** No line has the host. */
        NEW,
        /** The host has other keys, perhaps of another type, but not this one. */
        CHANGED,
        /** Refused whatever else says otherwise. */
        REVOKED
    }

    /** @param line the number of the line that decided; 0 for {@link Answer#NEW} */
    record Verdict(Answer answer, int line) {}

    static KnownHosts parse(String text) {
        List<Line> lines = new ArrayList<>();
        List<Integer> skipped = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\r?\n", -1)) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Optional<Line> read = line(number, line.split("[ \t]+"));
                read.ifPresent(lines::add);
                if (read.isEmpty()) {
                    skipped.add(number);
                }
            }
        }
        return new KnownHosts(List.copyOf(lines), List.copyOf(skipped));
    }

    private static Optional<Line> line(int number, String[] words) {
        boolean marked = words[0].startsWith("@");
        Optional<Marker> marker = marked ? Marker.of(words[0]) : Optional.of(Marker.NONE);
        int first = marked ? 1 : 0;
        if (marker.isEmpty() || words.length < first + 3) {
            return Optional.empty();
        }
        String type = words[first + 1];
        Optional<byte[]> key = key(type, words[first + 2]);
        return HostPatterns.parse(words[first])
                .flatMap(hosts -> key.map(bytes -> new Line(number, marker.get(), hosts, type, bytes)));
    }

    /** A key in wire form begins with its own type. */
    private static Optional<byte[]> key(String type, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        boolean begins = key.length > 4 + name.length
                && ByteBuffer.wrap(key).getInt() == name.length
                && Arrays.equals(key, 4, 4 + name.length, name, 0, name.length);
        return begins ? Optional.of(key) : Optional.empty();
    }

    /** @param key in wire form */
    Verdict judge(String host, int port, byte[] key) {
        String name = name(host, port);
        Optional<Line> revoked = lines.stream()
                .filter(line -> line.is(Marker.REVOKED, name) || line.is(Marker.REVOKED, host))
                .filter(line -> Arrays.equals(line.key, key))
                .findFirst();
        if (revoked.isPresent()) {
            return new Verdict(Answer.REVOKED, revoked.get().number);
        }
        List<Line> own = plain(name);
        Verdict verdict = among(own, key);
        if (verdict.answer == Answer.NEW && port != DEFAULT_PORT) {
            // ssh looks for the host without the port too, but another key of that port is no change.
            Verdict withoutPort = among(plain(host), key);
            return withoutPort.answer == Answer.KNOWN ? withoutPort : verdict;
        }
        return verdict;
    }

    private static Verdict among(List<Line> lines, byte[] key) {
        return lines.stream()
                .filter(line -> Arrays.equals(line.key, key))
                .findFirst()
                .map(line -> new Verdict(Answer.KNOWN, line.number))
                .orElseGet(() -> lines.isEmpty()
                        ? new Verdict(Answer.NEW, 0)
                        : new Verdict(Answer.CHANGED, lines.get(0).number));
    }

    private List<Line> plain(String name) {
        return lines.stream().filter(line -> line.is(Marker.NONE, name)).toList();
    }

    /** The types of the keys that a host is known by. */
    List<String> types(String host, int port) {
        List<Line> own = plain(name(host, port));
        return (own.isEmpty() ? plain(host) : own)
                .stream().map(Line::type).distinct().toList();
    }

    /** The number of the line that has a certificate authority for the host. */
    Optional<Integer> authority(String host, int port) {
        return lines.stream()
                .filter(line -> line.is(Marker.AUTHORITY, name(host, port)) || line.is(Marker.AUTHORITY, host))
                .map(Line::number)
                .findFirst();
    }

    /** As the file names a host. */
    static String name(String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return port == DEFAULT_PORT ? lower : "[" + lower + "]:" + port;
    }

    static String line(String host, int port, String type, byte[] key) {
        return name(host, port) + " " + type + " " + Base64.getEncoder().encodeToString(key) + "\n";
    }
}
