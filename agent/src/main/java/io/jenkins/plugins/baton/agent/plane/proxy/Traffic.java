package io.jenkins.plugins.baton.agent.plane.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters that frontends and backends have in common. Counted as it happens, on any thread. */
final class Traffic {
    final AtomicInteger sessions = new AtomicInteger();
    final LongAdder sessionsTotal = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder connectErrors = new LongAdder();
}
