package io.jenkins.plugins.baton.cluster.importer.shell;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what a command asks. What is translated means the same; for everything else there is no question. */
public final class Questions {
    private static final Pattern DEV_TCP = Pattern.compile("/dev/tcp/([^/]+)/([0-9]{1,5})");

    private static final OptionTable NETCAT = new OptionTable()
            .flag("-z")
            .flag("-v -n -4 -6 -N --no-effect")
            .argument("-w")
            .argument("-q -i --unused");

    private static final OptionTable WGET = new OptionTable()
            .flag("-q --quiet --no-verbose --no-cache -4")
            .flag("--no-check-certificate")
            .argument("-O --output-document")
            .argument("-t --tries")
            .argument("-T --timeout")
            .argument("--max-redirect");

    private Questions() {}

    /**
     * @param text as it would stand behind {@code sh -c}
     * @param limit when the command is ended from outside
     */
    public static Optional<Question> of(String text, Duration limit) {
        // Only bash knows /dev/tcp, so whoever writes it has bash in mind.
        return CommandLine.read(text)
                .flatMap(command -> of(command, limit, text.strip().matches("[<>]\\s*/dev/tcp/.*")));
    }

    private static Optional<Question> of(Command command, Duration limit, boolean bash) {
        if (command instanceof Command.Both both) {
            return saysTheSame(both) ? of(both.first(), limit, bash) : Optional.empty();
        }
        return command instanceof Command.Simple simple ? of(simple, limit, bash) : Optional.empty();
    }

    /** {@code x || exit 1} and {@code x && exit 0} succeed when x does. */
    private static boolean saysTheSame(Command.Both both) {
        if (!(both.second() instanceof Command.Simple second)) {
            return false;
        }
        String words = String.join(" ", second.words());
        return both.operator().equals("||") && words.matches("false|exit [1-9][0-9]{0,2}")
                || both.operator().equals("&&") && words.matches("true|:|exit 0");
    }

    private static Optional<Question> of(Command.Simple command, Duration limit, boolean bash) {
        List<Command.Redirection> others =
                command.redirections().stream().filter(r -> !isSilencing(r)).toList();
        List<String> words = command.words();
        if (!others.isEmpty()) {
            return bash && others.size() == 1 && opensOnly(command)
                    ? devTcp(others.get(0).target())
                    : Optional.empty();
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<String> arguments = words.subList(1, words.size());
        return switch (command.program()) {
            case "curl" -> Curl.question(arguments, limit);
            case "wget" -> wget(arguments, limit);
            case "nc", "ncat", "netcat" -> netcat(arguments, limit);
            case "bash", "sh", "dash", "ash" ->
                arguments.size() == 2 && arguments.get(0).matches("-[ceul]*c")
                        ? CommandLine.read(arguments.get(1))
                                .flatMap(inner ->
                                        of(inner, limit, command.program().equals("bash")))
                        : Optional.empty();
            case "timeout" -> timeout(arguments, limit, bash);
            case "exec", "command" ->
                arguments.isEmpty() ? Optional.empty() : of(new Command.Simple(arguments, List.of()), limit, bash);
            default -> Optional.empty();
        };
    }

    private static boolean isSilencing(Command.Redirection redirection) {
        return redirection.target().equals("/dev/null")
                        && !redirection.operator().contains("<>")
                || redirection.operator().endsWith(">&") && redirection.target().matches("[12]");
    }

    /** Bash opens a connection for such a redirection, whatever the command is; these fail for nothing else. */
    private static boolean opensOnly(Command.Simple command) {
        return command.words().isEmpty()
                || command.program().matches(":|true|exec|echo")
                        && command.words().size() <= 2;
    }

    private static Optional<Question> devTcp(String target) {
        Matcher matcher = DEV_TCP.matcher(target);
        return matcher.matches() ? tcp(matcher.group(1), matcher.group(2), Optional.empty()) : Optional.empty();
    }

    private static Optional<Question> netcat(List<String> arguments, Duration limit) {
        return NETCAT.parse(arguments)
                .filter(options -> options.has("-z") && options.operands().size() == 2 && !options.has("--unused"))
                .filter(options -> !options.has("-w")
                        || options.value("-w").flatMap(Seconds::parse).isPresent())
                .flatMap(options -> tcp(
                        options.operands().get(0),
                        options.operands().get(1),
                        options.value("-w").flatMap(Seconds::parse).filter(time -> time.compareTo(limit) < 0)));
    }

    private static Optional<Question> tcp(String host, String port, Optional<Duration> limit) {
        boolean localhost = host.equalsIgnoreCase("localhost");
        Optional<InetAddress> address = IpLiteral.parse(localhost ? "127.0.0.1" : host);
        boolean isPort = port.matches("[0-9]{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65535;
        return isPort
                ? address.map(a -> new Question.Tcp(
                        a, Integer.parseInt(port), limit, localhost ? "of localhost only 127.0.0.1 is asked" : ""))
                : Optional.empty();
    }

    /** Only without redirections, which wget follows and a check of Baton does not. */
    private static Optional<Question> wget(List<String> arguments, Duration limit) {
        return WGET.parse(arguments)
                .filter(options -> options.operands().size() == 1
                        && options.value("--max-redirect").filter("0"::equals).isPresent()
                        && options.value("--output-document").orElse("").matches("-|/dev/null")
                        && options.value("--timeout")
                                .map(text -> Seconds.parse(text)
                                        .filter(t -> t.compareTo(limit) >= 0)
                                        .isPresent())
                                .orElse(true))
                .flatMap(options -> Url.parse(options.operands().get(0))
                        .filter(url -> !url.tls() || options.has("--no-check-certificate"))
                        .flatMap(url -> url.address()
                                .map(address -> new Question.Http(
                                        address,
                                        url.port(),
                                        url.path(),
                                        Optional.empty(),
                                        "200-299",
                                        url.tls()
                                                ? Optional.of(new Question.Tls(
                                                        Optional.empty(), Optional.empty(), Optional.empty()))
                                                : Optional.empty(),
                                        Optional.empty(),
                                        ""))));
    }

    private static Optional<Question> timeout(List<String> arguments, Duration limit, boolean bash) {
        if (arguments.size() < 2) {
            return Optional.empty();
        }
        return Seconds.parse(arguments.get(0)).flatMap(time -> {
            Duration shorter = time.compareTo(limit) < 0 ? time : limit;
            Command inner = new Command.Simple(arguments.subList(1, arguments.size()), List.of());
            return of(inner, shorter, bash).map(question -> limited(question, shorter));
        });
    }

    private static Question limited(Question question, Duration most) {
        Optional<Duration> limit = Optional.of(
                question.limit().filter(own -> own.compareTo(most) < 0).orElse(most));
        return question instanceof Question.Http http
                ? new Question.Http(
                        http.address(),
                        http.port(),
                        http.path(),
                        http.host(),
                        http.expect(),
                        http.tls(),
                        limit,
                        http.note())
                : new Question.Tcp(
                        ((Question.Tcp) question).address(), ((Question.Tcp) question).port(), limit, question.note());
    }
}
