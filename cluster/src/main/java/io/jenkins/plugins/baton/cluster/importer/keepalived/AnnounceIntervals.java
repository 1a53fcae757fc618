package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Times;
import java.time.Duration;
import java.util.Optional;

/** {@code garp_master_refresh}: how often a MASTER repeats its gratuitous ARP. */
final class AnnounceIntervals {
    private static final Duration MAX_INTERVAL = Duration.ofHours(24);

    private AnnounceIntervals() {}

    static Setting<Optional<Duration>> of(Directive line, ImportNotes importNotes) {
        Optional<Duration> time = Times.keepalived(line.value());
        if (time.isEmpty()) {
            importNotes.notCarried(line, "it is not a time in seconds");
            return Setting.byDefault(Optional.empty(), "");
        }
        boolean never = time.get().isZero();
        return Setting.of(
                Optional.of(never ? Duration.ZERO : Times.within(time.get(), Duration.ofSeconds(1), MAX_INTERVAL)),
                line);
    }
}
