package io.jenkins.plugins.baton.fleet.deploy.preflight;

import io.jenkins.plugins.baton.fleet.FleetException;
import java.util.ArrayList;
import java.util.List;

/** All that was found before anything is changed. */
public final class NodeProblems {
    private final List<NodeProblem> problems = new ArrayList<>();

    public void add(List<NodeProblem> more) {
        problems.addAll(more);
    }

    /** @throws FleetException REFUSED with all of them, when one forbids the deployment */
    public void refuseErrors() throws FleetException {
        if (problems.stream().anyMatch(NodeProblem::error)) {
            List<String> reasons = new ArrayList<>(sentences());
            reasons.add("nothing was changed");
            throw FleetException.refused(reasons);
        }
    }

    public List<String> sentences() {
        return problems.stream().map(NodeProblem::toString).toList();
    }
}
