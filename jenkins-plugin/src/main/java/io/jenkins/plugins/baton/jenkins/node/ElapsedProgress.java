package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.fleet.Progress;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says with each line how long the work has taken by then. */
public final class ElapsedProgress implements Progress {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Progress progress;
    private final LongSupplier clock;
    private final long start;

    public ElapsedProgress(Progress progress) {
        this(progress, System::nanoTime);
    }

    /** @param clock in nanoseconds, which only goes on */
    ElapsedProgress(Progress progress, LongSupplier clock) {
        this.progress = progress;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    @Override
    public void say(String node, String line) {
        double seconds = (clock.getAsLong() - start) / NANOS_PER_SECOND;
        progress.say("", String.format(Locale.ROOT, "%6.1f s  %s", seconds, Progress.text(node, line)));
    }

    @Override
    public void ifLost(String sentence) {
        progress.ifLost(sentence);
    }

    @Override
    public void begin(String sentence) {
        progress.begin(sentence);
    }
}
