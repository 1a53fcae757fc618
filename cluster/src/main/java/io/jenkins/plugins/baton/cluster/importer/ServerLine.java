package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code server} of haproxy.cfg.
 *
 * @param options keyword to argument, empty for keywords without; those of {@code default-server} included
 */
record ServerLine(Directive at, String name, Endpoint endpoint, Map<String, String> options) {
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:(?:ipv[46]@)?)(?:\\[([^\\]]+)\\]|([^:]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*))(?::([0-9]{1,5}))");

    private static final Set<String> WITHOUT_ARGUMENT = Set.of(
            "check",
            "no-check",
            "backup",
            "no-backup",
            "disabled",
            "enabled",
            "send-proxy",
            "no-send-proxy",
            "send-proxy-v2",
            "no-send-proxy-v2",
            "send-proxy-v2-ssl",
            "send-proxy-v2-ssl-cn",
            "check-ssl",
            "no-check-ssl",
            "check-send-proxy",
            "no-check-send-proxy",
            "ssl",
            "no-ssl",
            "non-stick",
            "stick",
            "tfo",
            "no-tfo",
            "allow-0rtt",
            "force-sslv3",
            "force-tlsv10",
            "force-tlsv11",
            "force-tlsv12",
            "force-tlsv13",
            "no-sslv3",
            "no-tlsv10",
            "no-tlsv11",
            "no-tlsv12",
            "no-tlsv13",
            "no-tls-tickets",
            "tls-tickets",
            "no-ssl-reuse",
            "ssl-reuse",
            "no-verifyhost",
            "agent-check",
            "no-agent-check",
            "check-via-socks4");

    private static final Set<String> CARRIED = Set.of(
            "check",
            "no-check",
            "backup",
            "send-proxy",
            "send-proxy-v2",
            "check-ssl",
            "inter",
            "fastinter",
            "fall",
            "rise",
            "weight",
            "maxconn",
            "check-sni",
            "disabled");

    private static final Map<String, String> REASONS = Map.of(
            "ssl", "Baton passes TLS through and does not speak it to servers",
            "on-marked-down",
                    "established connections to a server that is down end by themselves or by the idle timeout",
            "slowstart", "a server that is up again gets its full share at once",
            "port", "the check goes to the server's own port",
            "addr", "the check goes to the server's own address",
            "downinter", "fastInterval holds while answers contradict the verdict, interval otherwise",
            "verify", "a check without ca does not verify, and ca is a file to be named by hand",
            "ca-file", "write ca in the frontend's check if the server's certificate shall be verified");

    /** @return empty when its address cannot be carried over, which the findings then say */
    static Optional<ServerLine> read(Directive line, List<String> defaults, Findings findings) {
        Matcher matcher = ADDRESS.matcher(line.word(2).orElse(""));
        if (!matcher.matches()) {
            findings.notCarried(line, "it needs an address and a port");
            return Optional.empty();
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        Optional<InetAddress> address = IpLiteral.parse(host);
        int port = Integer.parseInt(matcher.group(3));
        if (address.isEmpty() || port < 1 || port > 65535) {
            findings.notCarried(
                    line, "its host is a name or its port is none; names are not looked up, write the address");
            findings.fillIn(line.place() + ": server " + line.word(1).orElse("")
                    + " has no literal address; add it to backends");
            return Optional.empty();
        }
        Map<String, String> options = options(defaults);
        Map<String, String> own = options(line.words().subList(3, line.words().size()));
        options.putAll(own);
        reportLeftOut(line, own, findings);
        return Optional.of(new ServerLine(
                line, Yaml.name(line.word(1).orElse("server")), new Endpoint(address.get(), port), options));
    }

    /** Says of a {@code default-server} line, or of a server's own options, which are left out. */
    static void reportLeftOut(Directive line, Map<String, String> options, Findings findings) {
        options.keySet().stream()
                .filter(option -> !CARRIED.contains(option))
                .sorted()
                .forEach(option -> findings.notCarried(
                        line, option + ": " + REASONS.getOrDefault(option, "Baton has no counterpart")));
    }

    static Map<String, String> options(List<String> words) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            boolean argument = !WITHOUT_ARGUMENT.contains(words.get(i)) && i + 1 < words.size();
            options.put(words.get(i), argument ? words.get(i + 1) : "");
            i += argument ? 1 : 0;
        }
        return options;
    }

    boolean has(String option) {
        return options.containsKey(option) && !options.containsKey("no-" + option);
    }

    int number(String option, int otherwise, int most) {
        String text = options.getOrDefault(option, "");
        return text.matches("[0-9]{1,9}") ? Math.min(most, Integer.parseInt(text)) : otherwise;
    }

    /** What a disabled server gets of new connections is nothing. */
    int weight() {
        return has("disabled") ? 0 : number("weight", 1, 256);
    }

    int maxConnections() {
        return number("maxconn", 0, 1_000_000);
    }

    String proxyProtocol() {
        if (has("send-proxy-v2")) {
            return "v2";
        }
        return has("send-proxy") ? "v1" : "none";
    }
}
