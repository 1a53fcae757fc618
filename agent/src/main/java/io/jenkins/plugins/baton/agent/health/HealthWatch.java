package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.linux.loop.Timer;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A health check that goes on until it is closed: asks, waits, asks again. Runs on the monitor's loop; {@link #status}
 * may be read from any thread.
 */
public final class HealthWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

    private final CheckLoop loop;
    private final Prober prober;
    private final Timing timing;
    private final boolean drains;
    private final HealthChange.Listener listener;
    private final Consumer<HealthWatch> whenClosed;

    private volatile CheckStatus status;
    private volatile boolean closed;

    // The rest belongs to the loop.
    private HealthHysteresis hysteresis;
    private boolean first = true;
    private long question;
    private Prober.Attempt attempt; // null: nothing is being asked
    private Timer timer;
    private long startedNanos;
    private TimeoutAllowance allowance;

    HealthWatch(
            CheckLoop loop,
            Prober prober,
            Timing timing,
            boolean drains,
            HealthHysteresis initial,
            HealthChange.Listener listener,
            Consumer<HealthWatch> whenClosed) {
        this.loop = loop;
        this.prober = prober;
        this.timing = timing;
        this.drains = drains;
        this.listener = listener;
        this.whenClosed = whenClosed;
        this.hysteresis = initial;
        this.status = CheckStatus.initial(initial, Instant.now());
    }

    public CheckStatus status() {
        return status;
    }

    /** Stops checking. Nothing is heard of it any more once the loop has seen this. */
    @Override
    public void close() {
        closed = true;
        whenClosed.accept(this);
        loop.events().execute(() -> {
            cancelTimer();
            abandonAttempt();
            prober.close();
        });
    }

    /** The first question comes nearly at once, for somebody waits for the verdict. */
    void start() {
        scheduleIn(Duration.ofMillis(ThreadLocalRandom.current().nextInt(50)));
    }

    private void scheduleIn(Duration delay) {
        timer = loop.events().schedule(this::ask, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ask() {
        if (closed) {
            return;
        }
        startedNanos = System.nanoTime();
        allowance = new TimeoutAllowance(timing.timeout(), startedNanos);
        checkLater();
        long asked = ++question;
        // Always by way of the loop: a prober may answer at once, before there is an attempt, or on another thread.
        try {
            attempt = prober.ask(loop, outcome -> loop.events().execute(() -> answered(asked, outcome)));
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) { // there may be no more threads, or descriptors
            cancelTimer();
            conclude(Outcome.notAsked(FailureReason.of(e)));
        }
    }

    private void checkLater() {
        timer = loop.events().schedule(this::check, allowance.untilCheck(), TimeUnit.NANOSECONDS);
    }

    /** Whether the server has had its time. */
    private void check() {
        timer = null;
        String stage = attempt.stage();
        long now = System.nanoTime();
        switch (allowance.check(now, attempt.isServersTurn())) {
            case LEFT -> checkLater();
            case USED_UP ->
                giveUp(Outcome.failed("timed out after " + HumanUnits.exact(timing.timeout()) + " " + stage));
            case MISSED -> giveUp(Outcome.notAsked(missed(now) + ", " + stage));
        }
    }

    private void giveUp(Outcome outcome) {
        abandonAttempt();
        conclude(outcome);
    }

    private String missed(long now) {
        return "this node was short of time for it, by " + HumanUnits.exact(allowance.missed(now));
    }

    private void answered(long asked, Outcome outcome) {
        if (asked != question || attempt == null) {
            return; // too late: it was given up
        }
        attempt = null;
        cancelTimer();
        long now = System.nanoTime();
        boolean spoilt = outcome.kind() == Outcome.Kind.FAILED && allowance.isInconclusive(now);
        conclude(spoilt ? Outcome.notAsked(missed(now) + "; " + outcome.reason()) : outcome);
    }

    private void conclude(Outcome outcome) {
        if (closed) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        Health before = hysteresis.health();
        hysteresis = hysteresis.after(outcome.kind(), timing, drains);
        Instant now = Instant.now();
        boolean changed = before != hysteresis.health();
        status = new CheckStatus(
                hysteresis.health(),
                changed ? now : status.since(),
                outcome.reason(),
                Optional.of(now),
                took,
                hysteresis.failures());
        if (changed) {
            tell(new HealthChange(before, hysteresis.health(), outcome.reason(), now));
        }
        scheduleIn(pause().minus(took));
    }

    private void tell(HealthChange change) {
        try {
            listener.changed(change);
        } catch (RuntimeException e) {
            LOG.error("A listener of health changes failed on {}", change, e);
        }
    }

    /** Time from the start of one check to the start of the next. */
    private Duration pause() {
        Duration pause = hysteresis.contradicted() ? timing.fastInterval() : timing.interval();
        if (first) {
            // Agents that started together must not ask together for ever.
            first = false;
            long nanos = pause.toNanos();
            return Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
        }
        return pause;
    }

    private void cancelTimer() {
        if (timer != null) {
            loop.events().cancel(timer);
            timer = null;
        }
    }

    private void abandonAttempt() {
        if (attempt != null) {
            attempt.abandon();
            attempt = null;
        }
    }
}
