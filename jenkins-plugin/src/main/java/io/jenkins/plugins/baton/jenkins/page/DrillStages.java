package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The stages of a drill that ran to its end, as looks at the nodes. */
final class DrillStages {
    private DrillStages() {}

    static List<Look> of(DrillReport report) {
        return report.stages().stream().map(stage -> look(report, stage)).toList();
    }

    private static Look look(DrillReport report, DrillReport.Stage stage) {
        Map<String, NodeStatus> nodes = new LinkedHashMap<>();
        Map<String, String> unanswered = new LinkedHashMap<>();
        for (DrillReport.NodeState node : stage.nodes()) {
            if (node.status() == null || node.noData()) {
                unanswered.put(node.node(), Messages.LookTables_noAnswer());
            } else {
                nodes.put(node.node(), node.status());
            }
        }
        return new Look(
                stage(stage.name()),
                0,
                report.router(),
                stage.nodes().stream().map(DrillReport.NodeState::node).toList(),
                nodes,
                unanswered,
                List.of(),
                List.of());
    }

    private static Stage stage(String name) {
        try {
            return Stage.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Stage.NOW;
        }
    }
}
