package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Haproxy;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.Plan;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Start time and idle memory, measured on one master of three.
 *
 * @param agentStartMillis from exec until the frontend's port is open
 * @param agentMegabytes resident memory after some idle seconds
 */
record Cost(
        double agentStartMillis,
        double agentMegabytes,
        double haproxyStartMillis,
        double haproxyMegabytes,
        double keepalivedMegabytes) {
    private static final Duration IDLE = Duration.ofSeconds(8);

    static Cost measure(Agent agent, Path clusterFile) {
        try (Lab lab = Lab.withMasters(3)) {
            lab.masters().forEach(Backend::start);
            Host m1 = lab.host("m1");
            long start = System.nanoTime();
            Daemon baton = agent.start(m1, clusterFile);
            double agentStart = millis(Footprint.untilListening(baton, Plan.FRONTEND_PORT, start));
            Host m2 = lab.host("m2");
            start = System.nanoTime();
            Daemon haproxy = Haproxy.start(m2, lab.masters());
            double haproxyStart = millis(Footprint.untilListening(haproxy, Plan.FRONTEND_PORT, start));
            Daemon keepalived = Keepalived.configuration().routerId(52).addresses("10.86.13.37/32").start(m2, 100);
            Await.pause(IDLE);
            return new Cost(
                    agentStart,
                    Footprint.residentMegabytes(baton),
                    haproxyStart,
                    Footprint.residentMegabytes(haproxy),
                    Footprint.residentMegabytes(keepalived));
        }
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
