package io.jenkins.plugins.baton.cluster.importer;

import static io.jenkins.plugins.baton.cluster.format.DurationType.written;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads haproxy.cfg: {@code listen}, and {@code frontend} with {@code backend}, each with its {@code defaults}. */
final class HaproxyReader {
    private static final Duration MOST_IDLE = Duration.ofHours(168);
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Map<String, String> GLOBAL = Map.of(
            "log", "the agent writes to systemd's journal",
            "user", "the agent's unit has its own user",
            "group", "the agent's unit has its own user",
            "chroot", "the agent's unit is hardened by systemd",
            "daemon", "systemd starts the agent",
            "pidfile", "systemd knows the agent's process",
            "maxconn", "the limit is that of file descriptors, in the agent's unit",
            "stats", "JMX and `baton-agent status` show the statistics");

    private final Findings findings;
    private final Map<Directive, ProxySettings> inherited = new HashMap<>();
    private final Map<String, Directive> backends = new HashMap<>();
    private final Set<Directive> usedBackends = new HashSet<>();

    private HaproxyReader(Findings findings) {
        this.findings = findings;
    }

    static List<ImportedFrontend> read(SourceText source, Findings findings) throws ImportException {
        List<Directive> sections = HaproxySyntax.parse(source);
        Placeholders.refuse(sections);
        return new HaproxyReader(findings).frontends(sections);
    }

    private List<ImportedFrontend> frontends(List<Directive> sections) {
        inherit(sections);
        List<ImportedFrontend> frontends = new ArrayList<>();
        for (Directive section : sections) {
            switch (section.name()) {
                case "frontend", "listen" -> frontends.addAll(frontend(section));
                case "global" -> section.children()
                        .forEach(line -> findings.notCarried(
                                line,
                                GLOBAL.getOrDefault(line.name(), "the agent has no such setting and needs none")));
                case "defaults", "backend" -> {}
                default -> findings.notCarriedWhole(section, "Baton has no counterpart");
            }
        }
        backends.values().stream()
                .filter(backend -> !usedBackends.contains(backend))
                .forEach(backend -> findings.notCarriedWhole(backend, "no frontend that was carried over uses it"));
        return frontends;
    }

    /** A proxy inherits from the last {@code defaults} before it, or from the one that it names after {@code from}. */
    private void inherit(List<Directive> sections) {
        ProxySettings last = new ProxySettings();
        Map<String, ProxySettings> named = new HashMap<>();
        for (Directive section : sections) {
            int from = section.words().indexOf("from");
            ProxySettings base = section.word(from + 1)
                    .filter(name -> from > 0)
                    .map(named::get)
                    .orElse(last);
            if (section.name().equals("defaults")) {
                last = from > 0 ? base.copy() : new ProxySettings();
                for (Directive line : section.children()) {
                    last.apply(line, findings);
                }
                named.put(section.word(1).orElse(""), last);
            } else {
                inherited.put(section, base);
            }
            if (section.name().equals("backend")) {
                section.word(1).ifPresent(name -> backends.put(name, section));
            }
        }
    }

    private List<ImportedFrontend> frontend(Directive section) {
        Optional<String> refusal = refusal(section);
        if (refusal.isPresent()) {
            findings.notCarriedWhole(section, refusal.get());
            return List.of();
        }
        ProxySettings front = inherited.get(section).copy();
        ProxySettings back = front;
        Directive servers = section;
        if (section.name().equals("frontend")) {
            servers = lines(section, "default_backend")
                    .findFirst()
                    .flatMap(line -> line.word(1))
                    .map(backends::get)
                    .orElse(null);
            if (servers == null) {
                findings.notCarriedWhole(section, "it has no default_backend of this file");
                return List.of();
            }
            back = inherited.get(servers).copy();
        }
        applyAll(section, front);
        if (servers != section && usedBackends.add(servers)) {
            applyAll(servers, back);
        } else if (servers != section) {
            Findings saidBefore = new Findings();
            ProxySettings again = back;
            settings(servers).forEach(line -> again.apply(line, saidBefore));
        }
        return join(section, front, back, servers);
    }

    private Optional<String> refusal(Directive section) {
        ProxySettings settings = inherited.get(section).copy();
        lines(section, "mode").forEach(mode -> settings.apply(mode, findings));
        if (!settings.isTcp()) {
            return Optional.of(
                    lines(section, "stats").findAny().isPresent()
                            ? "JMX and `baton-agent status` show the statistics"
                            : "Baton balances TCP, not HTTP");
        }
        boolean tls = lines(section, "bind").anyMatch(bind -> bind.words().contains("ssl"));
        return tls ? Optional.of("Baton passes TLS through and does not end it") : Optional.empty();
    }

    private void applyAll(Directive section, ProxySettings settings) {
        settings(section).forEach(line -> settings.apply(line, findings));
    }

    private static Stream<Directive> settings(Directive section) {
        Set<String> others = Set.of("bind", "server", "default_backend");
        return section.children().stream().filter(line -> !others.contains(line.name()));
    }

    private static Stream<Directive> lines(Directive section, String name) {
        return section.children().stream().filter(line -> line.name().equals(name));
    }

    private List<ImportedFrontend> join(Directive section, ProxySettings front, ProxySettings back, Directive backend) {
        List<ServerLine> servers = lines(backend, "server")
                .flatMap(line -> ServerLine.read(line, back.defaultServer(), findings).stream())
                .toList();
        List<Bind> binds = new ArrayList<>();
        section.word(2)
                .filter(word -> word.contains(":"))
                .ifPresent(addresses -> binds.addAll(Bind.read(
                        section,
                        addresses,
                        section.words().subList(3, section.words().size()),
                        findings)));
        lines(section, "bind")
                .forEach(line -> binds.addAll(Bind.read(
                        line,
                        line.word(1).orElse(""),
                        line.words()
                                .subList(
                                        Math.min(2, line.words().size()),
                                        line.words().size()),
                        findings)));
        if (servers.isEmpty() || binds.isEmpty()) {
            findings.notCarried(
                    section,
                    servers.isEmpty()
                            ? "none of its servers could be carried over"
                            : "it has no bind that could be carried over");
            return List.of();
        }
        Duration idle = idle(front, back);
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
                    check(servers, back),
                    proxyProtocol(servers),
                    servers));
        }
        return frontends;
    }

    /** A tunnel's timeout replaces the others once data flows (configuration manual, "timeout tunnel"). */
    private Duration idle(ProxySettings front, ProxySettings back) {
        Optional<ProxySettings.Timeout> longest = back.timeout("tunnel");
        if (longest.isEmpty()) {
            longest = Stream.of(front.timeout("client"), back.timeout("server"))
                    .flatMap(Optional::stream)
                    .max(Comparator.comparing(HaproxyReader::idle));
        }
        Duration idle = longest.map(HaproxyReader::idle).orElse(HOUR);
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

    private String check(List<ServerLine> servers, ProxySettings back) {
        Optional<ServerLine> checked =
                servers.stream().filter(server -> server.has("check")).findFirst();
        if (checked.isEmpty()) {
            return "none";
        }
        ServerLine server = checked.get();
        servers.stream()
                .filter(other -> !timing(other, back).equals(timing(server, back)) || !other.has("check"))
                .forEach(other -> findings.notCarried(
                        other.at(),
                        "a frontend has one check for all its backends, and that of " + server.name() + " was taken"));
        String host = server.has("check-sni")
                ? ", host: " + Yaml.text(server.options().get("check-sni"))
                : "";
        String probe = back.probe(server.has("check-ssl"));
        return "{" + probe + (probe.startsWith("type: tcp") ? "" : host) + ", " + timing(server, back) + "}";
    }

    private String timing(ServerLine server, ProxySettings back) {
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
