package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads haproxy.cfg: {@code listen}, and {@code frontend} with {@code backend}, each with its {@code defaults}. */
public final class HaproxyReader {
    private static final Map<String, String> GLOBAL = Map.of(
            "log", "the agent writes to systemd's journal",
            "user", "the agent's unit has its own user",
            "group", "the agent's unit has its own user",
            "chroot", "the agent's unit is hardened by systemd",
            "daemon", "systemd starts the agent",
            "pidfile", "systemd knows the agent's process",
            "maxconn", "the limit is that of file descriptors, in the agent's unit",
            "stats", "JMX and `baton-agent status` show the statistics");

    private final HostNames hosts;
    private final ServerHosts serverHosts;
    private final ImportNotes importNotes;
    private final Map<Directive, ProxySettings> inherited = new HashMap<>();
    private final Map<String, Directive> backends = new HashMap<>();
    private final Set<Directive> usedBackends = new HashSet<>();

    private HaproxyReader(HostNames hosts, ImportNotes importNotes) {
        this.hosts = hosts;
        this.serverHosts = new ServerHosts(hosts);
        this.importNotes = importNotes;
    }

    /** @param sections of the file, as {@link HaproxySyntax} reads them */
    public static List<ImportedFrontend> read(List<Directive> sections, HostNames hosts, ImportNotes importNotes) {
        return new HaproxyReader(hosts, importNotes).frontends(sections);
    }

    private List<ImportedFrontend> frontends(List<Directive> sections) {
        inherit(sections);
        List<ImportedFrontend> frontends = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Directive section : sections) {
            if (section.name().matches("frontend|listen|backend") && !HaproxySyntax.isName(section.value())) {
                importNotes.notCarried(section, "haproxy refuses such a name; give it one of ASCII");
            }
            switch (section.name()) {
                case "frontend", "listen" -> {
                    frontend(section).ifPresent(frontends::add);
                    if (!names.add(section.value())) {
                        importNotes.notCarried(
                                section, "haproxy refuses a second frontend of this name; give it another one");
                    }
                }
                case "global" -> {
                    importNotes.carried(section);
                    section.children()
                            .forEach(line -> importNotes.notCarried(
                                    line,
                                    GLOBAL.getOrDefault(line.name(), "the agent has no such setting and needs none")));
                }
                case "defaults" -> importNotes.carried(section);
                case "backend" -> {}
                default -> importNotes.notCarriedWhole(section, "Baton has no counterpart");
            }
        }
        backends.values().stream()
                .filter(backend -> !usedBackends.contains(backend))
                .forEach(backend -> importNotes.notCarriedWhole(backend, "no frontend that was carried over uses it"));
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
                    last.apply(line, importNotes);
                }
                named.put(section.word(1).orElse(""), last);
            } else {
                inherited.put(section, base);
            }
            if (section.name().equals("backend")) {
                section.word(1).ifPresent(name -> addBackend(name, section));
            }
        }
    }

    private void addBackend(String name, Directive section) {
        Directive first = backends.putIfAbsent(name, section);
        if (first != null) {
            importNotes.notCarriedWhole(
                    section,
                    "haproxy refuses a second backend of this name; that of line " + first.line() + " was taken");
        }
    }

    private Optional<ImportedFrontend> frontend(Directive section) {
        Optional<String> refusal = refusal(section);
        if (refusal.isPresent()) {
            importNotes.notCarriedWhole(section, refusal.get());
            return Optional.empty();
        }
        ProxySettings front = inherited.get(section).copy();
        if (section.name().equals("listen")) {
            applyAll(section, front);
            return new ProxyPair(section, front, section, front, importNotes).frontend(hosts, serverHosts);
        }
        Optional<Directive> backend = backend(section);
        if (backend.isEmpty()) {
            importNotes.notCarriedWhole(section, "it has no default_backend of this file");
            return Optional.empty();
        }
        ProxySettings back = inherited.get(backend.get()).copy();
        Optional<String> refusalOfBackend = refusal(backend.get());
        if (refusalOfBackend.isPresent()) {
            importNotes.notCarriedWhole(
                    section, "its backend, " + backend.get().place() + ": " + refusalOfBackend.get());
            return Optional.empty();
        }
        usedBackends.add(backend.get());
        applyAll(section, front);
        applyAll(backend.get(), back);
        return new ProxyPair(section, front, backend.get(), back, importNotes).frontend(hosts, serverHosts);
    }

    /** The first one that holds for every connection, else the last {@code default_backend}. */
    private Optional<Directive> backend(Directive section) {
        return ProxyPair.withoutCondition(section)
                .findFirst()
                .or(() -> section.lines("default_backend").reduce((before, last) -> last))
                .flatMap(line -> Optional.ofNullable(backends.get(line.value())));
    }

    private Optional<String> refusal(Directive section) {
        ProxySettings settings = inherited.get(section).copy();
        section.children().stream()
                .filter(line -> line.name().matches("mode|disabled|enabled"))
                .forEach(line -> settings.apply(line, importNotes));
        if (settings.isDisabled()) {
            return Optional.of("haproxy does not start it (disabled)");
        }
        if (!settings.isTcp()) {
            return Optional.of(
                    section.lines("stats").findAny().isPresent()
                            ? "JMX and `baton-agent status` show the statistics"
                            : "Baton balances TCP, not HTTP");
        }
        boolean tls = section.lines("bind").anyMatch(bind -> bind.words().contains("ssl"));
        return tls ? Optional.of("Baton passes TLS through and does not end it") : Optional.empty();
    }

    private void applyAll(Directive section, ProxySettings settings) {
        List<Directive> unconditional = ProxyPair.withoutCondition(section).toList();
        section.children().stream()
                .filter(line -> !ProxyPair.LINES.contains(line.name()) && !unconditional.contains(line))
                .forEach(line -> settings.apply(line, importNotes));
    }
}
