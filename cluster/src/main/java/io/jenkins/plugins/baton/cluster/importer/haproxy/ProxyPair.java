package io.jenkins.plugins.baton.cluster.importer.haproxy;

import static io.jenkins.plugins.baton.cluster.file.format.DurationType.written;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A frontend and its backend; for a {@code listen} both are the same section.
 *
 * @param front what holds towards clients
 * @param back what holds towards servers
 */
record ProxyPair(
        Directive section, ProxySettings front, Directive backend, ProxySettings back, ImportNotes importNotes) {
    /** What is read here, not by {@link ProxySettings}. */
    static final Set<String> LINES = Set.of("bind", "server", "default_backend");

    private static final String TLS_TO_SERVERS =
            "haproxy speaks TLS to its servers (ssl) and the clients do not; Baton passes the stream as it is, so let the"
                    + " clients speak TLS";

    private static final Duration MAX_IDLE = Duration.ofHours(168);
    private static final Duration HOUR = Duration.ofHours(1);

    /** {@code use_backend} for every connection, which is what {@code default_backend} says. */
    static Stream<Directive> withoutCondition(Directive section) {
        return section.lines("use_backend").filter(line -> line.words().size() == 2);
    }

    /** Empty when nothing listens or nothing is behind, which the findings then say. */
    Optional<ImportedFrontend> frontend(HostNames hosts, ServerHosts serverHosts) {
        List<Bind> binds = binds(hosts);
        List<ServerLine> servers = servers(serverHosts, binds);
        if (servers.isEmpty() || binds.isEmpty()) {
            String reason = servers.isEmpty()
                    ? "none of its servers could be carried over"
                    : "it has no bind that could be carried over";
            importNotes.notCarriedBesides(section, reason);
            importNotes.notCarriedBesides(backend, reason);
            return Optional.empty();
        }
        if (servers.stream().anyMatch(server -> server.has("ssl"))) {
            importNotes.notCarriedWhole(section, TLS_TO_SERVERS);
            importNotes.notCarriedWhole(backend, TLS_TO_SERVERS);
            return Optional.empty();
        }
        Setting<Duration> idle = idle();
        List<Directive> lines = new ArrayList<>(List.of(section, backend));
        lines.addAll(front.carried());
        lines.addAll(back.carried());
        Stream.concat(section.lines("default_backend"), withoutCondition(section))
                .filter(line -> line.value().equals(backend.value()))
                .forEach(lines::add);
        lines.addAll(back.defaultServer());
        return Optional.of(new ImportedFrontend(
                section,
                Yaml.name(section.word(1).orElse("tcp-" + binds.get(0).port())),
                lines,
                binds,
                back.balance(),
                connect(idle.value()),
                idle,
                check(servers),
                proxyProtocol(servers),
                servers));
    }

    /** Each address once: haproxy may have several lines of one server, Baton has weights. */
    private List<ServerLine> servers(ServerHosts hosts, List<Bind> binds) {
        List<Integer> ports = binds.stream().map(Bind::port).distinct().toList();
        OptionalInt port = ports.size() == 1 ? OptionalInt.of(ports.get(0)) : OptionalInt.empty();
        Set<String> names = new HashSet<>();
        Set<String> written = new HashSet<>();
        Map<Endpoint, ServerLine> servers = new LinkedHashMap<>();
        backend.lines("server")
                .flatMap(line -> ServerLine.read(line, back.serverDefaults(), port, hosts, importNotes).stream())
                .forEach(read -> {
                    read.reportNumbers(importNotes);
                    if (!names.add(read.at().value())) {
                        importNotes.notCarried(
                                read.at(), "haproxy refuses a second server of this name; give it another one");
                    }
                    if (!HaproxySyntax.isName(read.at().value())) {
                        importNotes.notCarried(read.at(), "haproxy refuses such a name; give it one of ASCII");
                    }
                    ServerLine server = read.named(unique(read.name(), written));
                    ServerLine before = servers.get(server.endpoint());
                    servers.put(server.endpoint(), before == null ? server : before.together(server));
                    if (before != null) {
                        importNotes.notCarried(
                                server.at(),
                                "it has the address of " + before.name()
                                        + "; a backend stands in the file once, and their weights were added");
                    }
                });
        return List.copyOf(servers.values());
    }

    private static String unique(String name, Set<String> taken) {
        String unique = name;
        for (int number = 2; !taken.add(unique); number++) {
            unique = Yaml.name(name.substring(0, Math.min(59, name.length())) + "-" + number);
        }
        return unique;
    }

    /** Old files have the address in the section's own line: {@code listen api 0.0.0.0:8443}. */
    private List<Bind> binds(HostNames hosts) {
        if (section.word(2).filter(word -> word.contains(":")).isPresent()) {
            importNotes.notCarried(section, "today's haproxy refuses an address here; it was read as a bind line");
        }
        Stream<Bind> inHeader = section.word(2).filter(word -> word.contains(":")).stream()
                .flatMap(address -> Bind.read(section, 2, hosts, importNotes).stream());
        Stream<Bind> inLines = section.lines("bind").flatMap(line -> Bind.read(line, 1, hosts, importNotes).stream());
        return Stream.concat(inHeader, inLines).toList();
    }

    private Setting<Duration> connect(Duration idle) {
        Setting<Duration> connect = back.timeout("connect")
                .map(timeout -> Setting.of(timeout.within(Duration.ofMillis(10), HOUR), timeout.at()))
                .orElseGet(() -> Setting.byDefault(Duration.ofSeconds(5), ""));
        if (connect.value().compareTo(idle) > 0) {
            connect.line()
                    .ifPresent(line -> importNotes.notCarried(
                            line, "it is longer than the idle time, " + written(idle) + ", which was taken"));
            return connect.map(any -> idle);
        }
        return connect;
    }

    /** A tunnel's timeout replaces the others once data flows (configuration manual, "timeout tunnel"). */
    private Setting<Duration> idle() {
        Optional<ProxySettings.Timeout> longest = back.timeout("tunnel");
        if (longest.isEmpty()) {
            longest = Stream.of(front.timeout("client"), back.timeout("server"))
                    .flatMap(Optional::stream)
                    .max(Comparator.comparing(ProxyPair::idle));
        }
        if (longest.isEmpty()) {
            return Setting.byDefault(HOUR, "");
        }
        Duration idle = idle(longest.get());
        List<Directive> lines = new ArrayList<>(List.of(longest.get().at()));
        Stream.of(front.timeout("client"), back.timeout("server"))
                .flatMap(Optional::stream)
                .forEach(timeout -> {
                    if (idle(timeout).equals(idle)) {
                        lines.add(timeout.at());
                    } else {
                        importNotes.notCarried(
                                timeout.at(),
                                "a session has one idle time for both directions, and " + written(idle) + " was taken");
                    }
                });
        if (!longest.get().time().equals(idle)) {
            importNotes.notCarried(longest.get().at(), "an idle time is 1s to 168h; " + written(idle) + " was taken");
        }
        return new Setting<>(idle, lines.stream().distinct().toList(), "");
    }

    private static Duration idle(ProxySettings.Timeout timeout) {
        return timeout.within(Duration.ofSeconds(1), MAX_IDLE);
    }

    private Setting<String> proxyProtocol(List<ServerLine> servers) {
        String first = servers.get(0).proxyProtocol();
        if (servers.stream().allMatch(server -> server.proxyProtocol().equals(first))) {
            return Setting.byDefault(first, "");
        }
        servers.stream()
                .filter(server -> !server.proxyProtocol().equals("none"))
                .forEach(server -> importNotes.notCarried(
                        server.at(),
                        "send-proxy: a frontend has one proxyProtocol for all its backends; write two frontends"));
        return Setting.byDefault("none", "");
    }

    private Setting<String> check(List<ServerLine> servers) {
        Optional<ServerLine> checked =
                servers.stream().filter(server -> server.has("check")).findFirst();
        Set<String> carried = new HashSet<>(checked.map(server -> new CheckProbe(back.checks(), server).carried())
                .orElse(List.of()));
        servers.forEach(server -> ServerLine.reportLeftOut(server.at(), server.ownOptions(), carried, importNotes));
        back.defaultServer()
                .forEach(line ->
                        ServerLine.reportLeftOut(line, ServerLine.options(line.arguments()), carried, importNotes));
        if (checked.isEmpty()) {
            return Setting.byDefault("none", "no server has check");
        }
        ServerLine server = checked.get();
        servers.stream()
                .filter(other -> !isCheckedLike(other, server))
                .forEach(other -> importNotes.notCarried(
                        other.at(),
                        "a frontend has one check for all its backends, and that of " + server.name() + " was taken"));
        Setting<String> probe = new CheckProbe(back.checks(), server).keys(importNotes);
        CheckTiming timing = CheckTiming.of(server, back.timeout("check"), importNotes);
        List<Directive> lines = new ArrayList<>(probe.at());
        timing.timeoutLine().ifPresent(lines::add);
        return new Setting<>("{" + probe.value() + ", " + timing.yaml() + "}", lines, "");
    }

    private static boolean isCheckedLike(ServerLine other, ServerLine server) {
        return other.has("check")
                && Stream.of(
                                "inter",
                                "fastinter",
                                "fall",
                                "rise",
                                "check-ssl",
                                "check-sni",
                                "port",
                                "addr",
                                "ca-file",
                                "verify",
                                "verifyhost")
                        .allMatch(option -> Objects.equals(
                                other.options().get(option), server.options().get(option)));
    }
}
