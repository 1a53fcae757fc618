package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tcpdump sees of the connections to a host's backend: it knows nothing of who makes them. */
final class Capture {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final int PORT = AddressPlan.BACKEND_PORT;
    private static final Pattern SEGMENT =
            Pattern.compile("(\\d+\\.\\d+) IP \\S+\\.(\\d+) > \\S+\\.(\\d+): Flags \\[([^\\]]+)\\].* length (\\d+).*");

    private final Daemon tcpdump;

    /** @param begin of the first SYN, nanoseconds since 1970 */
    record Connection(long begin, boolean answered) {}

    private Capture(Daemon tcpdump) {
        this.tcpdump = tcpdump;
    }

    /** It sees all when this returns. */
    static Capture start(Host host) {
        Daemon tcpdump = host.start(
                "tcpdump",
                List.of("tcpdump", "-i", Host.INTERFACE, "--immediate-mode", "-l", "-n", "-tt", "tcp port " + PORT),
                Map.of());
        return new Capture(tcpdump.awaitLog("listening on", AWAIT_TIMEOUT));
    }

    /** Up to now, by their beginnings. Answered is one on which the server sent data. */
    List<Connection> connections() {
        Map<Integer, Connection> connections = new LinkedHashMap<>();
        for (String line : tcpdump.log().lines().toList()) {
            Matcher segment = SEGMENT.matcher(line);
            if (!segment.matches()) {
                continue;
            }
            int from = Integer.parseInt(segment.group(2));
            int to = Integer.parseInt(segment.group(3));
            if (to == PORT && segment.group(4).equals("S")) {
                connections.putIfAbsent(from, new Connection(nanos(segment.group(1)), false));
            } else if (from == PORT && !segment.group(5).equals("0")) {
                connections.computeIfPresent(to, (port, known) -> new Connection(known.begin(), true));
            }
        }
        return new ArrayList<>(connections.values());
    }

    private static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValueExact();
    }
}
