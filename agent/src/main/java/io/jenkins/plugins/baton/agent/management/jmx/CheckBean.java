package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.agent.health.NamedChecks;
import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.Timestamps;
import java.util.concurrent.TimeUnit;

final class CheckBean implements CheckMXBean {
    private final NamedChecks checks;
    private final String name;

    CheckBean(NamedChecks checks, String name) {
        this.checks = checks;
        this.name = name;
    }

    private CheckStatus now() {
        return checks.all().stream()
                .filter(named -> named.check().name().equals(name))
                .findFirst()
                .map(NamedChecks.NamedCheck::status)
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
    public String getResult() {
        return now().health().name();
    }

    @Override
    public int getResultCode() {
        return now().health().code();
    }

    @Override
    public String getResultSince() {
        return Timestamps.format(now().since());
    }

    @Override
    public String getLastCheckResult() {
        return now().lastResult();
    }

    @Override
    public String getLastCheckAt() {
        return Timestamps.format(now().lastAt());
    }

    @Override
    public double getLatencyMillis() {
        return millis(now());
    }

    @Override
    public int getConsecutiveFailures() {
        return now().consecutiveFailures();
    }
}
