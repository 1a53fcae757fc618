package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
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
public record ServerLine(Directive at, String name, Endpoint endpoint, Map<String, String> options) {
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
            "disabled",
            "enabled");

    private static final Map<String, String> REASONS = Map.of(
            "on-marked-down",
                    "established connections to a server that is down end by themselves or by the idle timeout",
            "slowstart", "a server that is up again gets its full share at once",
            "port", "the check goes to the server's own port, by tcp",
            "addr", "the check goes to the server's own address, by tcp",
            "downinter", "fastInterval holds while answers contradict the verdict, interval otherwise",
            "verify", "a check without ca does not verify; write ca, a file on every node",
            "ca-file", "write ca in the frontend's check if the server's certificate shall be verified",
            "crt", "write certificate and key in the frontend's check if the server wants them",
            "sni", "Baton passes TLS through, and the client's server name with it; for a check write host",
            "check-sni", "the check does not speak TLS");

    /** @return empty when its address cannot be carried over, which the findings then say */
    static Optional<ServerLine> read(Directive line, List<String> defaults, HostNames hosts, ImportNotes importNotes) {
        Matcher matcher = ADDRESS.matcher(line.word(2).orElse(""));
        int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : 0;
        if (port < 1 || port > 65535) {
            importNotes.notCarried(line, "it needs an address and a port; write both, as in 10.0.0.11:6443");
            return Optional.empty();
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        Optional<InetAddress> literal = IpLiteral.parse(host.equals("localhost") ? "127.0.0.1" : host);
        Optional<InetAddress> address =
                literal.or(() -> host.matches("[A-Za-z0-9._-]+") ? hosts.addressOf(host) : Optional.empty());
        String name = line.word(1).orElse("");
        if (address.isEmpty()) {
            importNotes.notCarried(line, "its host is a name that cannot be looked up here; write the address");
            importNotes.fillIn(line.place() + ": server " + name + " has no literal address; add it to backends");
            return Optional.empty();
        }
        if (literal.isEmpty()) {
            importNotes.fillIn(line.place() + ": server " + name + ": " + host + " is " + IpLiteral.text(address.get())
                    + " now, which was written; Baton does not look names up");
        }
        Map<String, String> options = options(defaults);
        options.putAll(options(line.words().subList(3, line.words().size())));
        return Optional.of(new ServerLine(line, Yaml.name(name), new Endpoint(address.get(), port), options));
    }

    /**
     * Says of a {@code default-server} line, or of a server's own options, which are left out.
     *
     * @param options those of the line
     * @param carried what the frontend's check carries of them
     */
    static void reportLeftOut(
            Directive line, Map<String, String> options, Set<String> carried, ImportNotes importNotes) {
        options.keySet().stream()
                .filter(option -> !CARRIED.contains(option) && !carried.contains(option))
                .sorted()
                .forEach(option -> importNotes.notCarried(
                        line, option + ": " + REASONS.getOrDefault(option, "Baton has no counterpart")));
    }

    /** The options of its own line. */
    Map<String, String> ownOptions() {
        return options(at.words().subList(3, at.words().size()));
    }

    /** Another line of the same address, which haproxy sends its share of connections to as well. */
    ServerLine together(ServerLine other) {
        Map<String, String> both = new HashMap<>(options);
        both.put("weight", String.valueOf(Math.min(256, weight() + other.weight())));
        both.remove("disabled");
        return new ServerLine(at, name, endpoint, both);
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

    public boolean has(String option) {
        return options.containsKey(option) && !options.containsKey("no-" + option);
    }

    int number(String option, int otherwise, int most) {
        String text = options.getOrDefault(option, "");
        return text.matches("[0-9]{1,9}") ? Math.min(most, Integer.parseInt(text)) : otherwise;
    }

    /** What a disabled server gets of new connections is nothing. */
    public int weight() {
        return has("disabled") ? 0 : number("weight", 1, 256);
    }

    public int maxConnections() {
        return number("maxconn", 0, 1_000_000);
    }

    String proxyProtocol() {
        if (has("send-proxy-v2")) {
            return "v2";
        }
        return has("send-proxy") ? "v1" : "none";
    }
}
