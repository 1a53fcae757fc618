package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.deploy.plan.Plan;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a deployment was going to do, and what of it was done. */
public final class DeploymentView {
    private final Intention intention;
    private final List<String> changed;

    /** @param changed the nodes that were changed */
    DeploymentView(Intention intention, List<String> changed) {
        this.intention = intention;
        this.changed = changed;
    }

    private List<Plan.NodePlan> nodes() {
        return intention.plan() == null ? List.of() : intention.plan().nodes();
    }

    /** @throws RuntimeException when it is not what a deployment says, so that it cannot be shown */
    void check() {
        nodes().forEach(node -> Objects.requireNonNull(node.node()));
        getPlan();
        getRemarks();
        getDifferences();
    }

    /** Node by node; the lines of the file that change are told apart from it. */
    public ShownTable getPlan() {
        ShownTable table = new ShownTable(
                Messages.DeploymentView_plan(),
                List.of(Messages.LookTables_node(), Messages.DeploymentView_changes(), Messages.DeploymentView_done()));
        for (Plan.NodePlan node : nodes()) {
            List<String> steps =
                    node.steps().stream().filter(line -> !line.startsWith("  ")).toList();
            table.row(
                    Cell.of(node.node()),
                    Cell.styled(String.join("\n", steps), "lines"),
                    Cell.of(changed.contains(node.node()) ? Messages.DeploymentView_yes() : ""));
        }
        return table;
    }

    /** What the preflight warned of, and what clients notice. */
    public List<String> getRemarks() {
        List<String> remarks = new ArrayList<>(intention.warnings());
        if (intention.plan() != null) {
            intention.plan().clients().forEach(client -> remarks.add(Messages.DeploymentView_clients(client)));
        }
        return remarks;
    }

    /** The cluster file as it was deployed, without passwords; empty when that is not known. */
    public String getFile() {
        return intention.file() == null ? "" : intention.file();
    }

    public List<FileDifference> getDifferences() {
        return intention.fileChanges().stream()
                .map(change -> new FileDifference(change.nodes(), change.lines()))
                .toList();
    }
}
