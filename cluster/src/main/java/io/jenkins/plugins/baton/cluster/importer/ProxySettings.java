package io.jenkins.plugins.baton.cluster.importer;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
            entry("errorfile", "that is for HTTP, and Baton passes TCP"),
            entry("timeout queue", "there is no queue: a backend at maxConnections is passed over"),
            entry("timeout http-request", "that is for HTTP, and Baton passes TCP"),
            entry("timeout http-keep-alive", "that is for HTTP, and Baton passes TCP"));

    private static final Pattern STATUS_PATTERN = Pattern.compile("\\^?\\(?([1-5])(?:\\||\\[)?([1-5])?.*");

    private String mode = "tcp";
    private String balance = "roundrobin";
    private boolean tcplog;
    private final Map<String, Timeout> timeouts = new HashMap<>();
    private List<String> defaultServer = List.of();
    private boolean httpCheck;
    private boolean tlsCheck;
    private String path = "/";
    private String expect = "200-399";

    /** @param time zero is no limit */
    record Timeout(Directive at, Duration time) {

        Duration within(Duration least, Duration most) {
            return time.isZero() ? most : Times.within(time, least, most);
        }
    }

    ProxySettings copy() {
        ProxySettings copy = new ProxySettings();
        copy.mode = mode;
        copy.balance = balance;
        copy.tcplog = tcplog;
        copy.timeouts.putAll(timeouts);
        copy.defaultServer = defaultServer;
        copy.httpCheck = httpCheck;
        copy.tlsCheck = tlsCheck;
        copy.path = path;
        copy.expect = expect;
        return copy;
    }

    /** Takes a line over, or says why not. */
    void apply(Directive line, Findings findings) {
        switch (line.name()) {
            case "mode" -> mode = line.word(1).orElse(mode);
            case "balance" -> balance(line, findings);
            case "timeout" -> timeout(line, findings);
            case "option" -> option(line, findings);
            case "http-check" -> httpCheck(line, findings);
            case "default-server" -> {
                List<String> merged = new ArrayList<>(defaultServer);
                merged.addAll(line.arguments());
                defaultServer = List.copyOf(merged);
                ServerLine.reportLeftOut(line, ServerLine.options(line.arguments()), findings);
            }
            default -> findings.notCarried(line, REASONS.getOrDefault(line.name(), "Baton has no counterpart"));
        }
    }

    private void balance(Directive line, Findings findings) {
        String algorithm = line.word(1).orElse("roundrobin");
        switch (algorithm) {
            case "roundrobin", "leastconn", "source" -> balance = algorithm;
            case "static-rr" -> balance = "roundrobin";
            default -> findings.notCarried(
                    line, "Baton knows roundrobin, leastconn and source; " + balance + " is left");
        }
    }

    private void timeout(Directive line, Findings findings) {
        Optional<Duration> time = line.word(2).flatMap(Times::haproxy);
        switch (line.word(1).orElse("")) {
            case "connect", "client", "server", "tunnel", "check" -> {
                if (time.isPresent()) {
                    timeouts.put(line.words().get(1), new Timeout(line, time.get()));
                } else {
                    findings.notCarried(line, "it is not a time");
                }
            }
            default -> findings.notCarried(
                    line, REASONS.getOrDefault("timeout " + line.word(1).orElse(""), "Baton has no counterpart"));
        }
    }

    private void option(Directive line, Findings findings) {
        switch (line.word(1).orElse("")) {
            case "tcplog" -> tcplog = true;
            case "tcp-check" -> httpCheck = false;
            case "ssl-hello-chk" -> tlsCheck = true;
            case "httpchk" -> {
                httpCheck = true;
                line.words().stream()
                        .skip(2)
                        .filter(word -> word.startsWith("/"))
                        .findFirst()
                        .ifPresent(uri -> path = uri);
                line.word(2)
                        .filter(method -> !method.equals("GET") && !method.startsWith("/"))
                        .ifPresent(method -> findings.notCarried(line, method + ": Baton sends GET"));
            }
            default -> findings.notCarried(
                    line, REASONS.getOrDefault("option " + line.word(1).orElse(""), "Baton has no counterpart"));
        }
    }

    private void httpCheck(Directive line, Findings findings) {
        List<String> words = line.words();
        switch (line.word(1).orElse("")) {
            case "connect" -> tlsCheck |= words.contains("ssl");
            case "send" -> {
                int uri = words.indexOf("uri");
                line.word(uri + 1)
                        .filter(word -> uri > 0 && word.startsWith("/"))
                        .ifPresent(word -> path = word);
            }
            case "expect" -> {
                Optional<String> statuses = statuses(words.subList(2, words.size()));
                statuses.ifPresent(range -> expect = range);
                if (statuses.isEmpty()) {
                    findings.notCarried(line, "Baton looks at the status only, one or a range of them");
                }
            }
            default -> findings.notCarried(line, "Baton has no counterpart");
        }
    }

    private static Optional<String> statuses(List<String> words) {
        if (words.size() != 2) {
            return Optional.empty();
        }
        String value = words.get(1);
        if (words.get(0).equals("status") && value.matches("[1-5][0-9]{2}(-[1-5][0-9]{2})?")) {
            return Optional.of(value);
        }
        Matcher matcher = STATUS_PATTERN.matcher(value);
        if (words.get(0).equals("rstatus") && matcher.matches()) {
            String last = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
            return Optional.of(matcher.group(1) + "00-" + last + "99");
        }
        return Optional.empty();
    }

    boolean isTcp() {
        return mode.equals("tcp");
    }

    String balance() {
        return balance;
    }

    boolean tcplog() {
        return tcplog;
    }

    List<String> defaultServer() {
        return defaultServer;
    }

    Optional<Timeout> timeout(String name) {
        return Optional.ofNullable(timeouts.get(name));
    }

    /** The check's type and what it asks, as the keys of a YAML flow mapping. */
    String probe(boolean tlsByServer) {
        boolean tls = tlsCheck || tlsByServer;
        if (httpCheck) {
            return "type: " + (tls ? "https" : "http") + ", path: " + Yaml.text(path) + ", expect: " + expect;
        }
        // Any answer over TLS is what ssl-hello-chk asks for.
        return tls ? "type: https, path: /, expect: 100-599" : "type: tcp";
    }
}
