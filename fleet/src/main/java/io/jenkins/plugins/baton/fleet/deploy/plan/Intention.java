package io.jenkins.plugins.baton.fleet.deploy.plan;

import io.jenkins.plugins.baton.fleet.deploy.inventory.Installed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a deployment is going to do, known before anything is changed. Passwords of the cluster file are hidden in it.
 *
 * @param release id of the agent's release
 * @param warnings what the preflight says without forbidding it
 * @param file the text of the cluster file
 * @param fileChanges how that differs from what the nodes have; nodes that have the same, or none, are not there
 */
public record Intention(String release, Plan plan, List<String> warnings, String file, List<FileChange> fileChanges) {
    public Intention {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        fileChanges = fileChanges == null ? List.of() : List.copyOf(fileChanges);
    }

    /**
     * One difference.
     *
     * @param nodes that have the same file before
     * @param lines {@code - LINE} for those that go, {@code + LINE} for those that come
     */
    public record FileChange(List<String> nodes, List<String> lines) {
        public FileChange {
            nodes = nodes == null ? List.of() : List.copyOf(nodes);
            lines = lines == null ? List.of() : List.copyOf(lines);
        }
    }

    /** @param installed by node */
    public static Intention of(
            String release, Plan plan, List<String> warnings, String text, Map<String, Installed> installed) {
        Map<String, List<String>> nodesByText = new LinkedHashMap<>();
        installed.forEach((node, file) -> {
            if (!file.text().isEmpty() && !file.text().equals(text)) {
                nodesByText
                        .computeIfAbsent(file.text(), key -> new ArrayList<>())
                        .add(node);
            }
        });
        List<FileChange> changes = new ArrayList<>();
        nodesByText.forEach((before, nodes) -> changes.add(new FileChange(nodes, LineDiff.of(before, text))));
        return new Intention(release, plan, warnings, LineDiff.shown(text), changes);
    }
}
