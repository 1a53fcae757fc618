package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be said of the frontends that the kernel is to serve. One thread changes it; any may ask. */
final class PlaneReport {
    private static final Logger LOG = LoggerFactory.getLogger("baton");

    private volatile Remarks shown = new Remarks(Map.of(), Map.of());
    /** Why the kernel refused the last change; empty: it did not. */
    private volatile String failure = "";

    /** As {@link ClusterViewBuilder} has them, by the frontend's name. */
    private record Remarks(Map<String, String> proxyFallbacks, Map<String, String> remarks) {}

    /** The rules of this view are in force. Returns whether that is news. */
    boolean succeeded(ClusterViewBuilder built) {
        boolean recovered = !failure.isEmpty();
        failure = "";
        Remarks now = new Remarks(built.proxyFallbacks(), built.remarks());
        if (!recovered && now.equals(shown)) {
            return false;
        }
        shown = now;
        return true;
    }

    /** The rules stay as they were. Returns whether that is news. */
    boolean failed(Throwable e) {
        String now = String.valueOf(e instanceof IOException ? e.getMessage() : e.toString());
        if (failure.equals(now)) {
            return false;
        }
        failure = now;
        LOG.error("cannot change the rules of the kernel plane; the previous rules stay: {}", now);
        return true;
    }

    /**
     * Who serves a frontend of the kernel plane now.
     *
     * @param reason why the kernel does, when it does
     */
    PlaneChoice choice(Frontend frontend, String reason, Node self) {
        Remarks now = shown;
        String name = frontend.name();
        String proxyFallback = now.proxyFallbacks().get(name);
        if (proxyFallback != null) {
            return PlaneChoice.withoutKernel(frontend.leavesPortToServerOf(self), proxyFallback);
        }
        String remark = now.remarks().get(name);
        String refused = failure;
        return new PlaneChoice(
                PlaneChoice.KERNEL,
                reason
                        + (remark == null ? "" : "; " + remark)
                        + (refused.isEmpty() ? "" : "; the previous rules stay: " + refused));
    }
}
