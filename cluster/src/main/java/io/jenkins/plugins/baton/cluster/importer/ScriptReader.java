package io.jenkins.plugins.baton.cluster.importer;

import static io.jenkins.plugins.baton.cluster.format.DurationType.written;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code vrrp_script} of keepalived.conf. */
final class ScriptReader {
    /** As in {@code killall -0 haproxy}, {@code pidof haproxy}, {@code /etc/keepalived/check_haproxy.sh}. */
    private static final Pattern WATCHES_HAPROXY = Pattern.compile("(?i).*(haproxy|nginx).*");

    private static final Pattern LOCAL_URL =
            Pattern.compile("(https?)://(?:localhost|127\\.0\\.0\\.1)(:[0-9]+)?(/[!-~&&[^\"'`;|]]*)?");

    private static final Pattern NEEDS_SHELL = Pattern.compile(".*[|&;<>()$`*?\\[\\]~].*");
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(100);
    private static final Duration MOST_INTERVAL = Duration.ofHours(1);

    private final Directive block;
    private final Findings findings;
    private String script = "";
    private Duration interval = Duration.ofSeconds(1);
    private Optional<Duration> timeout = Optional.empty();
    private OptionalInt weight = OptionalInt.empty();
    private int fall = 1;
    private int rise = 1;

    private ScriptReader(Directive block, Findings findings) {
        this.block = block;
        this.findings = findings;
    }

    /** @return empty when it is not carried over, which the findings then say */
    static Optional<ImportedCheck> read(Directive block, Findings findings) {
        return new ScriptReader(block, findings).read();
    }

    private Optional<ImportedCheck> read() {
        script = block.lines("script")
                .findFirst()
                .map(directive -> String.join(" ", directive.arguments()))
                .orElse("");
        Optional<String> probe = probe();
        if (probe.isEmpty()) {
            findings.notCarriedWhole(block, reason());
            return Optional.empty();
        }
        block.children().forEach(this::option);
        String name = Yaml.name(block.word(1).orElse("script"));
        return Optional.of(new ImportedCheck(
                name, "{name: " + Yaml.text(name) + ", " + probe.get() + timing() + "}", block.place()));
    }

    private Optional<String> probe() {
        Matcher url = LOCAL_URL.matcher(script);
        if (script.matches("(?s).*\\b(curl|wget)\\b.*") && url.find()) {
            String port = url.group(2) == null ? "" : url.group(2);
            String path = url.group(3) == null ? "/" : url.group(3);
            return Optional.of(
                    "type: " + url.group(1) + ", url: \"" + url.group(1) + "://127.0.0.1" + port + path + "\"");
        }
        if (WATCHES_HAPROXY.matcher(script + " " + block.word(1).orElse("")).matches()
                || NEEDS_SHELL.matcher(script).matches()
                || !script.startsWith("/")) {
            return Optional.empty();
        }
        findings.fillIn(
                block.place() + ": the check runs " + script + ", which must be on every node for the agent's user; a"
                        + " check of type https at the local apiserver's /livez needs no program");
        return Optional.of("type: script, command: " + Yaml.list(List.of(script.split("\\s+"))));
    }

    private String reason() {
        if (WATCHES_HAPROXY.matcher(script + " " + block.word(1).orElse("")).matches()) {
            return "the agent balances by itself and gives the address away when it stops, so nothing has to watch it";
        }
        if (script.isEmpty()) {
            return "it has no script";
        }
        return "it needs a shell or a search path, and Baton runs programs without; write it as a check of type https,"
                + " tcp, or script with an absolute path";
    }

    private void option(Directive option) {
        String value = option.word(1).orElse("");
        switch (option.name()) {
            case "script" -> {}
            case "interval" -> interval =
                    Times.within(Times.keepalived(value).orElse(interval), LEAST_INTERVAL, MOST_INTERVAL);
            case "timeout" -> timeout = Times.keepalived(value);
            case "weight" -> weight = number(value, -253, 253);
            case "fall" -> fall = number(value, 1, 100).orElse(fall);
            case "rise" -> rise = number(value, 1, 100).orElse(rise);
            case "user" -> findings.notCarried(option, "the agent runs programs as its own user");
            default -> findings.notCarried(option, "Baton has no counterpart");
        }
    }

    private static OptionalInt number(String text, int least, int most) {
        return text.matches("-?[0-9]{1,6}")
                ? OptionalInt.of(Math.max(least, Math.min(most, Integer.parseInt(text))))
                : OptionalInt.empty();
    }

    private String timing() {
        List<String> keys = new ArrayList<>();
        keys.add("interval: " + written(interval));
        timeout.filter(value -> !value.isZero() && value.compareTo(interval) < 0)
                .ifPresent(value -> keys.add("timeout: " + written(value)));
        keys.add("fall: " + fall);
        keys.add("rise: " + rise);
        weight.stream().filter(value -> value != 0).forEach(value -> keys.add("weight: " + value));
        return ", " + String.join(", ", keys);
    }
}
