package io.jenkins.plugins.baton.agent.it;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.util.List;

/** Cluster files of the tests: the lab's, with what most tests have in common. */
final class ClusterText {
    /** Slower than the default: a busy machine that stands still for a moment must not decide a test. */
    private static final String UNHURRIED = "advertisementInterval: 1s";

    private final io.jenkins.plugins.baton.lab.ClusterText text;

    private ClusterText(io.jenkins.plugins.baton.lab.ClusterText text) {
        this.text = text;
    }

    /** @param nodes in falling order of priority: 110, 100, 90 ... */
    static ClusterText of(List<Host> nodes) {
        return new ClusterText(io.jenkins.plugins.baton.lab.ClusterText.of(nodes));
    }

    static ClusterText overIpv6(List<Host> nodes) {
        return new ClusterText(io.jenkins.plugins.baton.lab.ClusterText.overIpv6(nodes));
    }

    static ClusterText of(Host... nodes) {
        return of(List.of(nodes));
    }

    ClusterText router() {
        return router(UNHURRIED);
    }

    /** @param options further keys of the virtual router, for example {@code version: 2} */
    ClusterText router(String options) {
        return router(AddressPlan.VIP + "/32", options);
    }

    ClusterText router(String address, String options) {
        text.router(address, options);
        return this;
    }

    /** The frontend of most tests, with a backend on every node. */
    ClusterText frontend() {
        return frontend("auto");
    }

    ClusterText frontend(String plane) {
        text.frontend(
                "kube-apiserver",
                AddressPlan.VIP + ":" + AddressPlan.FRONTEND_PORT,
                "plane: %s, check: {type: https, path: /readyz, interval: 1s}, backends: {port: %d}"
                        .formatted(plane, AddressPlan.BACKEND_PORT));
        return this;
    }

    ClusterText line(String line) {
        text.line(line);
        return this;
    }

    /** Writes the file into the lab's folder. */
    Path write(AgentLab lab) {
        return lab.lab().client().write("cluster.yaml", text.toString());
    }

    /** The same with one text in the place of another. */
    Path write(AgentLab lab, String replaced, String by) {
        return lab.lab().client().write("cluster.yaml", text.toString().replace(replaced, by));
    }
}
