package io.jenkins.plugins.baton.cluster;

import java.time.Duration;

/**
 * When a health check runs and how many equal answers in a row change its verdict.
 *
 * @param interval between two checks while the verdict stands
 * @param fastInterval between two checks while answers contradict the verdict
 * @param timeout how long one check may take, at most {@code interval}
 * @param fall failures in a row until it is down, 1 or more
 * @param rise successes in a row until it is up, 1 or more
 */
public record Timing(Duration interval, Duration fastInterval, Duration timeout, int fall, int rise) {}
