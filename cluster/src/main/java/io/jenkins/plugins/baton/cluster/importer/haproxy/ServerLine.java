package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    /** Without a port, or with one relative to that which the client connected to. */
    private static final Pattern WITHOUT_PORT =
            Pattern.compile("(?:(?:ipv[46]@)?)(?:\\[([^\\]]+)\\]|([^:\\[\\]]+))(?::([+-][0-9]{1,5}))?");

    private static final Set<String> WITHOUT_ARGUMENT = Set.of(
            ("check no-check backup no-backup disabled enabled send-proxy no-send-proxy send-proxy-v2 no-send-proxy-v2"
                            + " send-proxy-v2-ssl no-send-proxy-v2-ssl send-proxy-v2-ssl-cn no-send-proxy-v2-ssl-cn check-ssl"
                            + " no-check-ssl check-send-proxy no-check-send-proxy check-reuse-pool no-check-reuse-pool"
                            + " check-sni-auto no-check-sni-auto sni-auto no-sni-auto ssl no-ssl non-stick stick strict-maxconn"
                            + " tfo no-tfo allow-0rtt force-sslv3 force-tlsv10 force-tlsv11 force-tlsv12 force-tlsv13 no-sslv3"
                            + " no-tlsv10 no-tlsv11 no-tlsv12 no-tlsv13 no-tls-tickets tls-tickets no-ssl-reuse ssl-reuse"
                            + " renegotiate no-renegotiate no-verifyhost agent-check no-agent-check check-via-socks4")
                    .split(" "));

    private static final Set<String> WITH_ARGUMENT = Set.of(
            ("addr agent-addr agent-inter agent-port agent-send alpn ca-file check-alpn check-pool-conn-name check-proto"
                            + " check-sni ciphers ciphersuites client-sigalgs cookie crl-file crt curves downinter error-limit fall"
                            + " fastinter guid hash-key healthcheck id idle-ping init-addr init-state inter interface ktls"
                            + " log-bufsize log-proto max-reuse maxconn maxqueue minconn namespace npn observe on-error"
                            + " on-marked-down on-marked-up pool-conn-name pool-low-conn pool-max-conn pool-purge-delay port proto"
                            + " proxy-v2-options redir resolve-net resolve-opts resolve-prefer resolvers rise shard sigalgs"
                            + " slowstart sni socks4 source ssl-max-ver ssl-min-ver track usesrc verify verifyhost weight ws")
                    .split(" "));

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
            "enabled",
            "no-backup",
            "no-send-proxy",
            "no-send-proxy-v2",
            "no-check-ssl",
            "no-ssl");

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
    static Optional<ServerLine> read(
            Directive line, List<String> defaults, OptionalInt bindPort, ServerHosts hosts, ImportNotes importNotes) {
        Matcher matcher = ADDRESS.matcher(line.word(2).orElse(""));
        Matcher portless = WITHOUT_PORT.matcher(line.word(2).orElse(""));
        boolean relative = !matcher.matches() && portless.matches() && bindPort.isPresent();
        if (relative) {
            matcher = portless;
        }
        int port = matcher.matches() ? port(matcher.group(3), relative ? bindPort.getAsInt() : 0) : 0;
        if (port < 1 || port > 65535) {
            importNotes.notCarried(line, "it needs an address and a port; write both, as in 10.0.0.11:6443");
            return Optional.empty();
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        Optional<ServerHosts.Found> found = hosts.find(host);
        if (found.isEmpty()) {
            importNotes.notCarried(line, "its host is neither an address nor a name; write the address");
            return Optional.empty();
        }
        InetAddress address = found.get().address();
        String name = line.word(1).orElse("");
        if (!found.get().remark().isEmpty()) {
            importNotes.fillIn(
                    line.place() + ": server " + name + ": " + found.get().remark());
        }
        if (relative) {
            importNotes.fillIn(line.place() + ": server " + name
                    + " has no port of its own; haproxy takes that of bind, so " + port + " was written");
        }
        List<String> words = new ArrayList<>(defaults);
        words.addAll(line.words().subList(3, line.words().size()));
        Map<String, String> options = options(words);
        return Optional.of(new ServerLine(line, Yaml.name(name), new Endpoint(address, port), options));
    }

    /** @param text as it is written; none for the same port as the client's, with a sign for one relative to it */
    private static int port(String text, int bindPort) {
        return text == null ? bindPort : Integer.parseInt(text) + (text.matches("[0-9]+") ? 0 : bindPort);
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

    ServerLine named(String other) {
        return new ServerLine(at, other, endpoint, options);
    }

    /** Another line of the same address, which haproxy sends its share of connections to as well. */
    ServerLine together(ServerLine other) {
        Map<String, String> both = new HashMap<>(options);
        both.put("weight", String.valueOf(Math.min(256, weight() + other.weight())));
        both.remove("disabled");
        return new ServerLine(at, name, endpoint, both);
    }

    /** A later word takes back what an earlier one says, those of {@code default-server} among them. */
    static Map<String, String> options(List<String> words) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean argument = i + 1 < words.size() && hasArgument(word, words.get(i + 1));
            options.put(word, argument ? words.get(i + 1) : "");
            options.remove(opposite(word));
            i += argument ? 1 : 0;
        }
        return options;
    }

    /** An option of a haproxy that is not known here has none when a known option follows. */
    private static boolean hasArgument(String word, String next) {
        boolean known = WITH_ARGUMENT.contains(next) || WITHOUT_ARGUMENT.contains(next);
        return WITH_ARGUMENT.contains(word) || !WITHOUT_ARGUMENT.contains(word) && !known;
    }

    private static String opposite(String option) {
        return switch (option) {
            case "enabled" -> "disabled";
            case "disabled" -> "enabled";
            default -> option.startsWith("no-") ? option.substring(3) : "no-" + option;
        };
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    int number(String option, int otherwise, int most) {
        String text = options.getOrDefault(option, "");
        return text.matches("[0-9]{1,9}") ? Math.min(most, Integer.parseInt(text)) : otherwise;
    }

    /** Says which of its numbers are none, or out of range. */
    void reportNumbers(ImportNotes importNotes) {
        reportNumber("weight", has("disabled") ? number("weight", 1, 256) : weight(), 256, importNotes);
        reportNumber("maxconn", maxConnections(), 1_000_000, importNotes);
    }

    private void reportNumber(String option, int taken, int most, ImportNotes importNotes) {
        String text = options.get(option);
        if (text != null && !text.matches("0*" + taken)) {
            importNotes.notCarried(
                    at,
                    option + " " + text + ": the range is 0.." + most + "; "
                            + (option.equals("maxconn") && taken == 0 ? "no limit" : String.valueOf(taken))
                            + " was taken");
        }
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
