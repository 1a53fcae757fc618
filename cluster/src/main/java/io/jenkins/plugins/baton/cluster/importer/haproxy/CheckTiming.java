package io.jenkins.plugins.baton.cluster.importer.haproxy;

import static io.jenkins.plugins.baton.cluster.file.format.DurationType.written;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Times;
import java.time.Duration;
import java.util.Optional;

/**
 * When haproxy asks, as the keys of a YAML flow mapping. What haproxy does by default is written out, because Baton's
 * defaults are quicker.
 *
 * @param timeoutLine the {@code timeout check} that holds
 */
record CheckTiming(String yaml, Optional<Directive> timeoutLine) {
    private static final Duration HOUR = Duration.ofHours(1);

    static CheckTiming of(ServerLine server, Optional<ProxySettings.Timeout> timeout, ImportNotes importNotes) {
        Duration interval = interval(server, "inter", importNotes).orElse(Duration.ofSeconds(2));
        Duration fast = interval(server, "fastinter", importNotes).orElse(interval);
        Duration limit = timeout.map(t -> t.within(Duration.ofMillis(10), HOUR)).orElse(interval);
        if (limit.compareTo(interval) > 0) {
            timeout.ifPresent(t -> importNotes.notCarried(
                    t.at(),
                    "a check ends before the next one begins; the interval, " + written(interval) + ", was taken"));
            limit = interval;
        }
        String yaml = "interval: " + written(interval)
                + ", fastInterval: " + written(fast.compareTo(interval) < 0 ? fast : interval)
                + ", timeout: " + written(limit)
                + ", fall: " + count(server, "fall", 3, importNotes)
                + ", rise: " + count(server, "rise", 2, importNotes);
        return new CheckTiming(yaml, timeout.map(ProxySettings.Timeout::at));
    }

    private static Optional<Duration> interval(ServerLine server, String option, ImportNotes importNotes) {
        Optional<String> text = Optional.ofNullable(server.options().get(option));
        Optional<Duration> time = text.flatMap(Times::haproxy);
        Optional<Duration> within = time.map(value -> Times.within(value, Duration.ofMillis(100), HOUR));
        if (text.isPresent() && (time.isEmpty() || !time.equals(within))) {
            importNotes.notCarried(
                    server.at(),
                    option + " " + text.get() + ": a check has an interval of 100ms to 1h; "
                            + within.map(value -> written(value)).orElse("haproxy's default") + " was taken");
        }
        return within;
    }

    private static int count(ServerLine server, String option, int otherwise, ImportNotes importNotes) {
        int number = Math.max(1, server.number(option, otherwise, 100));
        String text = server.options().get(option);
        if (text != null && !text.equals(String.valueOf(number))) {
            importNotes.notCarried(
                    server.at(), option + " " + text + ": the range is 1..100; " + number + " was taken");
        }
        return number;
    }
}
