package io.jenkins.plugins.baton.agent.plane.proxy;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * What the access log says of one session: the facts of HAProxy's {@code option tcplog}.
 *
 * @param backend empty when none could be reached
 * @param waitMillis Tw: until the attempt that succeeded began; -1 when none did
 * @param connectMillis Tc: how long that attempt took; -1 when none succeeded
 * @param totalMillis Tt: from accept to end
 * @param bytesIn from the client
 * @param bytesOut to the client
 * @param planeSessions sessions of all frontends when this one ended, this one included (actconn)
 * @param frontendSessions of this frontend (feconn)
 * @param serverSessions of this backend (srv_conn)
 * @param retries attempts to connect that failed
 */
record SessionRecord(
        InetSocketAddress client,
        Instant acceptedAt,
        String frontend,
        String backend,
        long waitMillis,
        long connectMillis,
        long totalMillis,
        long bytesIn,
        long bytesOut,
        Termination termination,
        long planeSessions,
        long frontendSessions,
        long serverSessions,
        int retries) {}
