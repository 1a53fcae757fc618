package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Numbers;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Surplus;
import io.jenkins.plugins.baton.cluster.importer.text.Times;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a {@code vrrp_script} of keepalived.conf, with keepalived's defaults for what it does not say. */
final class ScriptReader {
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    private final Directive block;
    private final ImportNotes importNotes;
    private final List<Directive> lines = new ArrayList<>();
    /** By the option's name: the last line of it holds. */
    private final Map<String, Directive> taken = new HashMap<>();

    private String command = "";
    private Duration interval = Duration.ofSeconds(1);
    private Optional<Setting<Duration>> timeout = Optional.empty();
    private int fall = 1;
    private int rise = 1;
    private int weight;
    private boolean reverse;

    private ScriptReader(Directive block, ImportNotes importNotes) {
        this.block = block;
        this.importNotes = importNotes;
    }

    /** @return empty when it runs nothing, which the findings then say */
    static Optional<VrrpScript> read(Directive block, ImportNotes importNotes) {
        return new ScriptReader(block, importNotes).read();
    }

    private Optional<VrrpScript> read() {
        lines.add(block);
        Surplus.reportBlock(block, 2, importNotes);
        block.children().forEach(this::option);
        if (command.isBlank()) {
            importNotes.notCarriedWhole(block, "it has no script");
            return Optional.empty();
        }
        return Optional.of(new VrrpScript(
                block,
                Yaml.name(block.word(1).orElse("script")),
                command,
                interval,
                timeout(),
                fall,
                rise,
                weight,
                reverse,
                lines));
    }

    private void option(Directive option) {
        if (!option.name().equals("script")) {
            Surplus.report(option, option.name().matches("weight|user") ? 3 : 2, importNotes);
        }
        switch (option.name()) {
            case "script" -> command(option);
            case "interval" -> seconds(option).ifPresent(time -> interval = within(option, time));
            case "timeout" -> timeout = seconds(option).map(time -> Setting.of(time, option));
            case "weight" -> weight(option);
            case "fall" -> fall = Numbers.read(option, 1, 100, fall, lines, importNotes);
            case "rise" -> rise = Numbers.read(option, 1, 100, rise, lines, importNotes);
            case "user" ->
                importNotes.notCarried(
                        option,
                        "the agent runs programs as its own user, baton; what only " + option.value()
                                + " may read or do must be allowed to it");
            case "init_fail" ->
                importNotes.notCarried(
                        option, "until its first answer, which decides at once, a check neither fails nor succeeds");
            default -> importNotes.notCarried(option, "Baton has no counterpart");
        }
        if (lines.contains(option)) {
            Optional.ofNullable(taken.put(option.name(), option)).ifPresent(lines::remove);
        }
    }

    /** A whole command line is one word in quotes; without them keepalived 2 reads the first word only, and 1 all. */
    private void command(Directive option) {
        command = option.isValueQuoted() ? option.value() : String.join(" ", option.arguments());
        lines.add(option);
        if (option.isValueQuoted()) {
            Surplus.report(option, 2, importNotes);
        } else if (option.words().size() > 2) {
            importNotes.notCarried(
                    option,
                    "it is not in quotes, so that keepalived 2 runs only its first word; the whole line was taken, as it"
                            + " seems meant");
        }
    }

    private void weight(Directive option) {
        OptionalInt number = Numbers.parse(option.value(), -253, 253);
        if (number.isEmpty()) {
            importNotes.notCarried(
                    option,
                    "it is not a number in -253..253, so keepalived ignores it: a failure is a fault of the instance");
            return;
        }
        weight = number.getAsInt();
        lines.add(option);
        reverse = option.words().contains("reverse");
    }

    /** Whole ones; what is none is not taken by keepalived either. */
    private Optional<Duration> seconds(Directive option) {
        OptionalInt seconds = Numbers.parse(option.value(), 1, 999_999_999);
        if (seconds.isEmpty()) {
            importNotes.notCarried(
                    option, "it is not a whole number of seconds from 1 on, and keepalived takes its default then");
            return Optional.empty();
        }
        lines.add(option);
        return Optional.of(Duration.ofSeconds(seconds.getAsInt()));
    }

    private Duration within(Directive option, Duration time) {
        if (time.compareTo(MAX_INTERVAL) > 0) {
            importNotes.notCarried(option, "a check has an interval of 100ms to 1h; 1h was taken");
            return MAX_INTERVAL;
        }
        return time;
    }

    /** Without one, keepalived ends a script when the next run is due (vrrp_scheduler.c, vrrp_script_thread). */
    private Duration timeout() {
        Duration time = timeout.map(Setting::value).orElse(interval);
        if (time.compareTo(interval) > 0) {
            timeout.flatMap(Setting::line)
                    .ifPresent(line -> importNotes.notCarried(
                            line, "a check ends before the next one begins; the interval was taken"));
            return interval;
        }
        return Times.within(time, Duration.ofMillis(10), interval);
    }
}
