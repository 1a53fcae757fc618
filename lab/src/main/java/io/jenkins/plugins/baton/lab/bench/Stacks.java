package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Haproxy;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.bench.load.Candidates;
import io.jenkins.plugins.baton.lab.experiment.BatonStack;
import io.jenkins.plugins.baton.lab.experiment.KeepalivedStack;
import io.jenkins.plugins.baton.lab.experiment.Stack;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.util.List;
import java.util.function.Supplier;

/** What keeps a VIP in the measurements of faults, in the words of the page's columns; each use is a new one. */
final class Stacks {
    static final String KERNEL = Candidates.KERNEL;
    static final String PROXY = Candidates.PROXY;
    static final String FAST = "keepalived + haproxy, adverts every 100 ms";
    static final String DEFAULT = "keepalived + haproxy, every 1 s";

    private Stacks() {}

    static List<Supplier<Stack>> all(Agent agent) {
        return List.of(
                () -> baton(KERNEL, agent, Variant.of(Plane.KERNEL)),
                () -> baton(PROXY, agent, Variant.of(Plane.PROXY)),
                () -> keepalived(FAST, "0.1"),
                () -> keepalived(DEFAULT, "1"));
    }

    /** Everything that the variant does not say has its default. */
    static Stack baton(String name, Agent agent, Variant variant) {
        return BatonStack.ofText(
                name, agent, variant, 1, nodes -> variant.clusterFile(nodes, "check: {type: https, path: /readyz}"));
    }

    /** @param seconds between two adverts */
    static Stack keepalived(String name, String seconds) {
        return new KeepalivedStack(name, Keepalived.configuration().interval(seconds), Haproxy.ofTheGuide());
    }
}
