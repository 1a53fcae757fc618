package io.jenkins.plugins.baton.fleet.deploy.rollout;

import java.util.ArrayList;
import java.util.List;

/**
 * Which nodes had their turn. Pure.
 *
 * @param done in that order
 * @param inTurn empty: none
 * @param waiting for theirs
 */
public record RolloutState(List<String> done, String inTurn, List<String> waiting) {
    /** For who hears no more of a deployment. */
    public String sentence() {
        List<String> parts = new ArrayList<>();
        if (!inTurn.isEmpty()) {
            parts.add(inTurn + " was in its turn: it puts itself back as soon as it notices that, within 20 s");
        }
        if (!done.isEmpty()) {
            parts.add(String.join(", ", done) + " had had "
                    + (done.size() == 1 ? "its turn and keeps" : "their turns and keep")
                    + " the new release and cluster file");
        }
        if (!waiting.isEmpty()) {
            parts.add(String.join(", ", waiting)
                    + (waiting.size() == 1
                            ? " had not had its turn and is as it was"
                            : " had not had their turns and are as they were"));
        }
        return String.join("; ", parts);
    }
}
