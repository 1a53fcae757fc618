/**
 * VRRP without input or output: the election as a pure function
 * {@code (router, event, now) -> (router, actions)}. Sources: RFC 3768 (version 2), RFC 5798 and RFC 9568 (version 3),
 * and what keepalived 2.2.7 was seen to send and to accept.
 *
 * <p>Everything here is an immutable value and may be used from any thread. Time is a {@code long} of nanoseconds on a
 * clock that never goes back and counts while the machine sleeps (Linux: {@code CLOCK_BOOTTIME}); it is handed in.
 */
package io.jenkins.plugins.baton.agent.vrrp;
