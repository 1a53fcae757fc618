package io.jenkins.plugins.baton.agent.router.lateness;

/**
 * How the real-time thread fares.
 *
 * @param realTime a sentence: SCHED_FIFO with its priority, or why not
 * @param memoryLock a sentence: the memory is locked, or why not
 * @param latenessMaxNanos the latest wake-up of the last minute
 * @param stalls how often a router acted on a wake-up that was too late
 */
public record ThreadSnapshot(String realTime, String memoryLock, long latenessMaxNanos, long stalls) {}
