package io.jenkins.plugins.baton.agent.vrrp;

/**
 * The peer that was last heard as MASTER.
 *
 * @param priority the priority of its last advert
 * @param intervalNanos the interval of its last advert: version 3 backups go by it (RFC 9568 section 6.1,
 *     Active_Adver_Interval)
 * @param until when it counts as gone unless it is heard again
 */
record Holder(Peer peer, int priority, long intervalNanos, long until) {}
