package io.jenkins.plugins.baton.cluster.importer.shell;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code curl} asks: see curl(1) for each option. */
final class Curl {
    private static final String OPTIONS_WITHOUT_EFFECT =
            "-s -S -v -i -g -N -4 -# --silent --show-error --verbose --include --globoff --no-buffer --ipv4 --progress-bar"
                    + " --no-progress-meter --compressed --http1.1 --no-keepalive --disable -q";

    private static final OptionTable OPTIONS = new OptionTable()
            .flag(OPTIONS_WITHOUT_EFFECT)
            .flag("-f --fail-with-body --fail")
            .flag("-k --insecure")
            .argument("-o --output")
            .argument("-m --max-time")
            .argument("--connect-timeout")
            .argument("-H --header")
            .argument("-A -w --user-agent --write-out --noproxy --no-effect")
            .argument("-X --request")
            .argument("--cacert")
            .argument("-E --cert")
            .argument("--key")
            .argument("--resolve")
            .argument("--url");

    private static final String LOCALHOST = "of localhost only 127.0.0.1 is asked";

    private Curl() {}

    /**
     * @param limit when the command is ended from outside
     * @return empty when Baton cannot ask the same
     */
    static Optional<Question> question(List<String> arguments, Duration limit) {
        Optional<OptionTable.Parsed> parsed = OPTIONS.parse(arguments);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        OptionTable.Parsed options = parsed.get();
        List<String> urls = Stream.concat(
                        options.operands().stream(), options.values().getOrDefault("--url", List.of()).stream())
                .toList();
        boolean plain = urls.size() == 1
                && options.value("--output").orElse("/dev/null").equals("/dev/null")
                && options.value("--request").orElse("GET").equals("GET")
                && isLongEnough(options.value("--connect-timeout"), limit);
        return plain ? Url.parse(urls.get(0)).flatMap(url -> http(url, options)) : Optional.empty();
    }

    private static Optional<Question> http(Url url, OptionTable.Parsed options) {
        Optional<Named> named = named(url, options);
        Optional<Question.Tls> tls = url.tls() ? tls(options) : Optional.empty();
        if (named.isEmpty() || url.tls() && tls.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> limit = options.value("--max-time").flatMap(Seconds::parse);
        if (options.has("--max-time") && limit.isEmpty()) {
            return Optional.empty();
        }
        // With an authority curl verifies the name as well, and a check of Baton does when it names a host.
        Optional<String> host = tls.flatMap(Question.Tls::ca).isPresent()
                ? named.get().host().or(() -> Optional.of(url.host()))
                : named.get().host();
        return Optional.of(new Question.Http(
                named.get().address(),
                url.port(),
                url.path(),
                host,
                // Without --fail any answer is a success; with it, what is below 400 (curl(1), --fail).
                options.has("--fail") ? "200-399" : "100-599",
                tls,
                limit,
                url.isLocalhost() ? LOCALHOST : ""));
    }

    /** Who is asked, and by which name. */
    private record Named(InetAddress address, Optional<String> host) {}

    private static Optional<Named> named(Url url, OptionTable.Parsed options) {
        List<String> headers = options.values().getOrDefault("--header", List.of());
        List<String> resolved = options.values().getOrDefault("--resolve", List.of());
        if (resolved.size() > 1 || headers.size() > 1) {
            return Optional.empty();
        }
        Optional<Named> named = url.address().map(address -> new Named(address, Optional.empty()));
        if (!resolved.isEmpty()) {
            String before = url.host() + ":" + url.port() + ":";
            named = Optional.of(resolved.get(0).replaceFirst("^\\+", ""))
                    .filter(text -> text.startsWith(before))
                    .flatMap(text ->
                            IpLiteral.parse(text.substring(before.length()).replaceAll("^\\[|\\]$", "")))
                    .map(address -> new Named(address, Optional.of(url.host())));
        }
        if (headers.isEmpty()) {
            return named;
        }
        // Over TLS the server name would not be the header's, and a check of Baton has one name for both.
        String header = headers.get(0);
        boolean isHost = header.matches("(?i)host:\\s*[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]") && !url.tls();
        return isHost
                ? named.map(n -> new Named(
                        n.address(),
                        Optional.of(header.substring(header.indexOf(':') + 1).strip())))
                : Optional.empty();
    }

    /** Without --insecure and --cacert it is the system's authorities that curl trusts, and no check of Baton does. */
    private static Optional<Question.Tls> tls(OptionTable.Parsed options) {
        Optional<String> ca = options.has("--insecure") ? Optional.empty() : options.value("--cacert");
        Optional<String> certificate = options.value("--cert");
        Optional<String> key = options.value("--key").or(() -> certificate);
        boolean absolute = Stream.of(ca, certificate, certificate.isPresent() ? key : certificate)
                .flatMap(Optional::stream)
                .allMatch(file -> file.startsWith("/") && file.indexOf(':') < 0);
        return absolute && (ca.isPresent() || options.has("--insecure"))
                ? Optional.of(new Question.Tls(ca, certificate, certificate.isPresent() ? key : Optional.empty()))
                : Optional.empty();
    }

    private static boolean isLongEnough(Optional<String> connectTimeout, Duration limit) {
        return connectTimeout.isEmpty()
                || connectTimeout
                        .flatMap(Seconds::parse)
                        .filter(time -> time.compareTo(limit) >= 0)
                        .isPresent();
    }
}
