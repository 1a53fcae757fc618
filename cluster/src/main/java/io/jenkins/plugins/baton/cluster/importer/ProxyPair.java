package io.jenkins.plugins.baton.cluster.importer;

import static io.jenkins.plugins.baton.cluster.format.DurationType.written;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A frontend and its backend; for a {@code listen} both are the same section.
 *
 * @param front what holds towards clients
 * @param back what holds towards servers
 */
record ProxyPair(Directive section, ProxySettings front, Directive backend, ProxySettings back, Findings findings) {
    /** What is read here, not by {@link ProxySettings}. */
    static final Set<String> LINES = Set.of("bind", "server", "default_backend");

    private static final Duration MOST_IDLE = Duration.ofHours(168);
    private static final Duration HOUR = Duration.ofHours(1);

    /** One for each {@code bind}; none when nothing listens or nothing is behind, which the findings then say. */
    List<ImportedFrontend> frontends() {
        List<ServerLine> servers = backend.lines("server")
                .flatMap(line -> ServerLine.read(line, back.defaultServer(), findings).stream())
                .toList();
        List<Bind> binds = binds();
        if (servers.isEmpty() || binds.isEmpty()) {
            String reason = servers.isEmpty()
                    ? "none of its servers could be carried over"
                    : "it has no bind that could be carried over";
            findings.notCarriedWhole(section, reason);
            findings.notCarriedWhole(backend, reason);
            return List.of();
        }
        Duration idle = idle();
        Duration connect = back.timeout("connect")
                .map(timeout -> timeout.within(Duration.ofMillis(10), HOUR))
                .orElse(Duration.ofSeconds(5));
        List<ImportedFrontend> frontends = new ArrayList<>();
        for (Bind bind : binds) {
            String name = Yaml.name(section.word(1).orElse("tcp-" + bind.port()));
            frontends.add(new ImportedFrontend(
                    section,
                    frontends.isEmpty() ? name : Yaml.name(name + "-" + (frontends.size() + 1)),
                    bind.address(),
                    bind.port(),
                    back.balance(),
                    connect.compareTo(idle) > 0 ? idle : connect,
                    idle,
                    check(servers),
                    proxyProtocol(servers),
                    servers));
        }
        return frontends;
    }

    /** Old files have the address in the section's own line: {@code listen api 0.0.0.0:8443}. */
    private List<Bind> binds() {
        Stream<Bind> inHeader = section.word(2).filter(word -> word.contains(":")).stream()
                .flatMap(address -> Bind.read(section, 2, findings).stream());
        Stream<Bind> inLines = section.lines("bind").flatMap(line -> Bind.read(line, 1, findings).stream());
        return Stream.concat(inHeader, inLines).toList();
    }

    /** A tunnel's timeout replaces the others once data flows (configuration manual, "timeout tunnel"). */
    private Duration idle() {
        Optional<ProxySettings.Timeout> longest = back.timeout("tunnel");
        if (longest.isEmpty()) {
            longest = Stream.of(front.timeout("client"), back.timeout("server"))
                    .flatMap(Optional::stream)
                    .max(Comparator.comparing(ProxyPair::idle));
        }
        Duration idle = longest.map(ProxyPair::idle).orElse(HOUR);
        Stream.of(front.timeout("client"), back.timeout("server"))
                .flatMap(Optional::stream)
                .filter(timeout -> !idle(timeout).equals(idle))
                .forEach(timeout -> findings.notCarried(
                        timeout.at(),
                        "a session has one idle time for both directions, and " + written(idle) + " was taken"));
        return idle;
    }

    private static Duration idle(ProxySettings.Timeout timeout) {
        return timeout.within(Duration.ofSeconds(1), MOST_IDLE);
    }

    private String proxyProtocol(List<ServerLine> servers) {
        String first = servers.get(0).proxyProtocol();
        if (servers.stream().allMatch(server -> server.proxyProtocol().equals(first))) {
            return first;
        }
        servers.stream()
                .filter(server -> !server.proxyProtocol().equals("none"))
                .forEach(server -> findings.notCarried(
                        server.at(),
                        "send-proxy: a frontend has one proxyProtocol for all its backends; write two frontends"));
        return "none";
    }

    private String check(List<ServerLine> servers) {
        Optional<ServerLine> checked =
                servers.stream().filter(server -> server.has("check")).findFirst();
        if (checked.isEmpty()) {
            return "none";
        }
        ServerLine server = checked.get();
        servers.stream()
                .filter(other -> !timing(other).equals(timing(server)) || !other.has("check"))
                .forEach(other -> findings.notCarried(
                        other.at(),
                        "a frontend has one check for all its backends, and that of " + server.name() + " was taken"));
        String host = server.has("check-sni")
                ? ", host: " + Yaml.text(server.options().get("check-sni"))
                : "";
        String probe = back.probe(server.has("check-ssl"));
        return "{" + probe + (probe.startsWith("type: tcp") ? "" : host) + ", " + timing(server) + "}";
    }

    private String timing(ServerLine server) {
        Duration interval = interval(server, "inter").orElse(Duration.ofSeconds(2));
        List<String> keys = new ArrayList<>();
        keys.add("interval: " + written(interval));
        interval(server, "fastinter")
                .ifPresent(
                        fast -> keys.add("fastInterval: " + written(fast.compareTo(interval) < 0 ? fast : interval)));
        Optional<ProxySettings.Timeout> timeout = back.timeout("check");
        Duration limit = timeout.map(t -> t.within(Duration.ofMillis(10), HOUR)).orElse(interval);
        if (limit.compareTo(interval) < 0) {
            keys.add("timeout: " + written(limit));
        } else {
            timeout.ifPresent(t -> findings.notCarried(
                    t.at(), "a check ends before the next begins; the default of timeout was taken"));
        }
        keys.add("fall: " + Math.max(1, server.number("fall", 3, 100)));
        keys.add("rise: " + Math.max(1, server.number("rise", 2, 100)));
        return String.join(", ", keys);
    }

    private static Optional<Duration> interval(ServerLine server, String option) {
        return Optional.ofNullable(server.options().get(option))
                .flatMap(Times::haproxy)
                .map(value -> Times.within(value, Duration.ofMillis(100), HOUR));
    }
}
