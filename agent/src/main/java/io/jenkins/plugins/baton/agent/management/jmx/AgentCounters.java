package io.jenkins.plugins.baton.agent.management.jmx;

import java.util.function.LongSupplier;

/**
 * What the agent counts of itself since it started, each asked for when somebody looks.
 *
 * @param jmxRefused connections to the JMX port that were refused
 * @param eventsDropped events that nobody was told of
 * @param rulesRestored how often rules that somebody else had changed or removed were put back
 * @param accessLogDropped lines of the access log that were dropped
 * @param resourceExhaustions sessions that failed for want of file descriptors, ports or memory
 */
public record AgentCounters(
        LongSupplier jmxRefused,
        LongSupplier eventsDropped,
        LongSupplier rulesRestored,
        LongSupplier accessLogDropped,
        LongSupplier resourceExhaustions) {}
