package io.jenkins.plugins.baton.agent.plane.kernel.tracking;

import io.jenkins.plugins.baton.agent.linux.netfilter.Connection;
import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTable;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Predicate;

/** Makes connection tracking of this node forget connections to a backend. Belongs to the plane's thread. */
public final class BackendConnections {
    /** Some tens of milliseconds; the thread has changes of the rules to make meanwhile. */
    private static final int MAX_AT_ONCE = 1000;

    private final ConnectionTable tracking;

    public BackendConnections(ConnectionTable tracking) {
        this.tracking = tracking;
    }

    /**
     * Forgets those that this node and its pods have to a backend of another node: their next packet finds another one, which
     * resets them.
     *
     * @return how many
     */
    public int forgetAll(BackendView backend, ClusterView view) throws IOException {
        InetAddress server = backend.configuration().endpoint().address();
        int forgotten = 0;
        for (KernelFrontend frontend : view.frontends()) {
            if (!frontend.isProxied() && frontend.name().equals(backend.frontend())) {
                forgotten += forget(frontend, connection -> connection.server().equals(server), Integer.MAX_VALUE);
            }
        }
        return forgotten;
    }

    /** Forgets those of this node's own backend that have ended; the rest of more than a thousand waits for the next time. */
    public void forgetEnded(KernelFrontend frontend) throws IOException {
        InetAddress own = frontend.members().get(frontend.own()).address();
        forget(frontend, connection -> connection.ended() && connection.server().equals(own), MAX_AT_ONCE);
    }

    private int forget(KernelFrontend frontend, Predicate<Connection> which, int most) throws IOException {
        int forgotten = 0;
        for (InetAddress vip : frontend.vips()) {
            for (Connection connection : tracking.to(vip, frontend.port())) {
                if (forgotten < most && which.test(connection)) {
                    tracking.forget(vip, connection);
                    forgotten++;
                }
            }
        }
        return forgotten;
    }
}
