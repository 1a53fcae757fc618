package io.jenkins.plugins.baton.cluster.importer.haproxy;

import static java.util.Map.entry;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Surplus;
import io.jenkins.plugins.baton.cluster.importer.text.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a proxy of haproxy.cfg says or inherits from {@code defaults}. */
final class ProxySettings {
    private static final String LOG =
            "the agent writes one line per session, see accessLog; systemd's journal keeps it";

    private static final Map<String, String> REASONS = Map.ofEntries(
            entry("log", LOG),
            entry("log-format", LOG),
            entry("option dontlognull", LOG),
            entry("option httplog", LOG),
            entry("option dontlog-normal", LOG),
            entry("option log-health-checks", "changes of health are always logged"),
            entry("option logasap", LOG),
            entry("maxconn", "the agent's limit is its file descriptors; see maxConnections of a backend"),
            entry("retries", "a connect that fails is tried at once on another backend"),
            entry("option redispatch", "a connect that fails is tried at once on another backend"),
            entry("option forwardfor", "that is for HTTP; see proxyProtocol"),
            entry("option http-server-close", "that is for HTTP, and Baton passes TCP"),
            entry("option http-keep-alive", "that is for HTTP, and Baton passes TCP"),
            entry("option clitcpka", "keepalive is always on"),
            entry("option srvtcpka", "keepalive is always on"),
            entry("option tcpka", "keepalive is always on"),
            entry("acl", "Baton chooses by health and balance only"),
            entry("use_backend", "Baton chooses by health and balance only"),
            entry("tcp-request", "Baton does not look into the stream"),
            entry("stick-table", "balance: source keeps a client at its backend without a table"),
            entry("stick", "balance: source keeps a client at its backend without a table"),
            entry("stats", "JMX and `baton-agent status` show the statistics"),
            entry("server-template", "a cluster file has no templates; write each server in backends"),
            entry("tcp-check", "a check of type tcp connects only; write one of type script if that is not enough"),
            entry("errorfile", "that is for HTTP, and Baton passes TCP"),
            entry("timeout queue", "there is no queue: a backend at maxConnections is passed over"),
            entry("timeout http-request", "that is for HTTP, and Baton passes TCP"),
            entry("timeout http-keep-alive", "that is for HTTP, and Baton passes TCP"));

    private Setting<String> mode = Setting.byDefault("tcp", "");
    private boolean disabled;
    private Setting<String> balance =
            Setting.byDefault("roundrobin", "haproxy's default up to 3.2; from 3.3 on it is random");
    private final List<Directive> carried = new ArrayList<>();
    private final Map<String, Timeout> timeouts = new HashMap<>();
    private List<Directive> defaultServer = List.of();
    private CheckSettings checks = new CheckSettings();

    /** @param time zero is no limit */
    public record Timeout(Directive at, Duration time) {

        Duration within(Duration least, Duration most) {
            return time.isZero() ? most : Times.within(time, least, most);
        }
    }

    ProxySettings copy() {
        ProxySettings copy = new ProxySettings();
        copy.mode = mode;
        copy.disabled = disabled;
        copy.balance = balance;
        copy.carried.addAll(carried);
        copy.timeouts.putAll(timeouts);
        copy.defaultServer = defaultServer;
        copy.checks = checks.copy();
        return copy;
    }

    /** Takes a line over, or says why not. */
    void apply(Directive line, ImportNotes importNotes) {
        switch (line.name()) {
            case "mode", "contimeout", "clitimeout", "srvtimeout" -> Surplus.reportRefused(line, 2, importNotes);
            case "timeout" -> Surplus.reportRefused(line, 3, importNotes);
            default -> {}
        }
        switch (line.name()) {
            case "mode" ->
                mode = line.word(1).map(word -> Setting.of(word, line)).orElse(mode);
            case "disabled" -> disabled = true;
            case "enabled" -> {
                disabled = false;
                importNotes.notCarried(line, "it is so by default");
            }
            case "balance" -> balance(line, importNotes);
            case "timeout" -> timeout(line, line.word(1).orElse(""), line.word(2), importNotes);
            case "contimeout" -> oldTimeout(line, "connect", importNotes);
            case "clitimeout" -> oldTimeout(line, "client", importNotes);
            case "srvtimeout" -> oldTimeout(line, "server", importNotes);
            case "option" -> option(line, importNotes);
            case "http-check" -> checks.httpCheck(line, importNotes);
            case "default-server" -> {
                List<Directive> merged = new ArrayList<>(defaultServer);
                merged.add(line);
                defaultServer = List.copyOf(merged);
            }
            default -> importNotes.notCarried(line, REASONS.getOrDefault(line.name(), "Baton has no counterpart"));
        }
    }

    private void balance(Directive line, ImportNotes importNotes) {
        String algorithm = line.word(1).orElse("roundrobin");
        switch (algorithm) {
            case "roundrobin", "leastconn", "source" -> {
                Surplus.reportRefused(line, 2, importNotes);
                balance = Setting.of(algorithm, line);
            }
            case "static-rr" -> balance = Setting.of("roundrobin", line);
            default ->
                importNotes.notCarried(
                        line, "Baton knows roundrobin, leastconn and source; " + balance.value() + " is left");
        }
    }

    private void oldTimeout(Directive line, String which, ImportNotes importNotes) {
        timeout(line, which, line.word(1), importNotes);
        importNotes.notCarried(line, "haproxy from 2.1 on refuses it; it was read as timeout " + which);
    }

    private void timeout(Directive line, String which, Optional<String> text, ImportNotes importNotes) {
        Optional<Duration> time = text.flatMap(Times::haproxy);
        switch (which) {
            case "connect", "client", "server", "tunnel", "check" -> {
                if (time.isPresent()) {
                    timeouts.put(which, new Timeout(line, time.get()));
                } else {
                    importNotes.notCarried(line, "it is not a time; write a number with ms, s, m, h or d");
                }
            }
            default ->
                importNotes.notCarried(line, REASONS.getOrDefault("timeout " + which, "Baton has no counterpart"));
        }
    }

    private void option(Directive line, ImportNotes importNotes) {
        String option = line.word(1).orElse("");
        if (option.equals("tcplog")) {
            carried.add(line); // accessLog: text is the default
        } else if (!checks.option(line, importNotes)) {
            importNotes.notCarried(line, REASONS.getOrDefault("option " + option, "Baton has no counterpart"));
        }
    }

    /** Whether haproxy does not start it. */
    boolean isDisabled() {
        return disabled;
    }

    boolean isTcp() {
        return mode.value().equals("tcp");
    }

    /** Lines that hold as they are, because what they say is Baton's default. */
    List<Directive> carried() {
        List<Directive> all = new ArrayList<>(carried);
        all.addAll(mode.at());
        return all;
    }

    Setting<String> balance() {
        return balance;
    }

    List<Directive> defaultServer() {
        return defaultServer;
    }

    /** The words of all {@code default-server} lines. */
    List<String> serverDefaults() {
        return defaultServer.stream().flatMap(line -> line.arguments().stream()).toList();
    }

    Optional<Timeout> timeout(String name) {
        return Optional.ofNullable(timeouts.get(name));
    }

    CheckSettings checks() {
        return checks;
    }
}
