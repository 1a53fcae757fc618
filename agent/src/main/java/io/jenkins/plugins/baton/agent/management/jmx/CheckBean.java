package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.agent.health.NamedChecks;
import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.Timestamps;
import java.util.concurrent.TimeUnit;

/** A named check at one moment. */
final class CheckBean implements CheckMXBean {
    private final String name;
    private final CheckStatus status;

    private CheckBean(String name, CheckStatus status) {
        this.name = name;
        this.status = status;
    }

    static CheckBean of(NamedChecks checks, String name) {
        return checks.all().stream()
                .filter(named -> named.check().name().equals(name))
                .findFirst()
                .map(named -> new CheckBean(name, named.status()))
                .orElseThrow(() -> new IllegalStateException("Check " + name + " is no longer configured"));
    }

    /** With microseconds behind the point: a check on loopback takes less than one millisecond. */
    static double millis(CheckStatus status) {
        return TimeUnit.NANOSECONDS.toMicros(status.lastDuration().toNanos()) / 1000.0;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Health getResult() {
        return status.health();
    }

    @Override
    public int getResultCode() {
        return status.health().code();
    }

    @Override
    public String getResultSince() {
        return Timestamps.format(status.since());
    }

    @Override
    public String getLastCheckResult() {
        return status.lastResult();
    }

    @Override
    public String getLastCheckAt() {
        return Timestamps.format(status.lastAt());
    }

    @Override
    public double getLatencyMillis() {
        return millis(status);
    }

    @Override
    public int getConsecutiveFailures() {
        return status.consecutiveFailures();
    }
}
