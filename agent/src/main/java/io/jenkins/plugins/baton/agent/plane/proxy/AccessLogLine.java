package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.jmx.Json;
import io.jenkins.plugins.baton.jmx.Timestamps;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms of a line of the access log. */
final class AccessLogLine {
    private AccessLogLine() {}

    /**
     * Fields in the order of HAProxy's {@code option tcplog}: client, accept date, frontend, backend/server, Tw/Tc/Tt,
     * bytes to the client, termination state, actconn/feconn/beconn/srv_conn/retries, queues. A frontend here has its
     * servers to itself, so beconn is feconn, and there are no queues.
     */
    static String text(SessionRecord r) {
        return address(r.client()) + " [" + Timestamps.format(r.acceptedAt()) + "] " + r.frontend() + " " + r.frontend()
                + "/" + (r.backend().isEmpty() ? "<NOSRV>" : r.backend())
                + " " + r.waitMillis() + "/" + r.connectMillis() + "/" + r.totalMillis()
                + " " + r.bytesOut() + " " + r.termination().letters()
                + " " + r.planeSessions() + "/" + r.frontendSessions() + "/" + r.frontendSessions()
                + "/" + r.serverSessions() + "/" + r.retries() + " 0/0";
    }

    /** The same facts by name, and the bytes in both directions. */
    static String json(SessionRecord r) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("acceptedAt", Timestamps.format(r.acceptedAt()));
        line.put("client", address(r.client()));
        line.put("frontend", r.frontend());
        line.put("backend", r.backend());
        line.put("waitMillis", r.waitMillis());
        line.put("connectMillis", r.connectMillis());
        line.put("totalMillis", r.totalMillis());
        line.put("bytesIn", r.bytesIn());
        line.put("bytesOut", r.bytesOut());
        line.put("termination", r.termination().letters());
        line.put("planeSessions", r.planeSessions());
        line.put("frontendSessions", r.frontendSessions());
        line.put("serverSessions", r.serverSessions());
        line.put("retries", r.retries());
        return Json.write(line);
    }

    private static String address(InetSocketAddress address) {
        return new Endpoint(address.getAddress(), address.getPort()).toString();
    }
}
