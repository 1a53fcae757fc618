package io.jenkins.plugins.baton.fleet.maintenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.time.Instant;
import java.util.List;

/**
 * A maintenance, complete.
 *
 * @param by who did it
 * @param startedAt ISO 8601
 * @param until when the nodes would have enabled the node by themselves, ISO 8601; empty when it never was out
 * @param phases in order
 * @param sessionsLeft sessions of the node's servers that had not ended when the time to drain was over
 * @param ranOut whether the work took longer than was allowed, so that the nodes had enabled the node before
 * @param workFailed what became of the work; empty when it succeeded
 * @param trouble why the node does not serve again, or the cluster is not steady, a sentence each
 * @param client what a client saw; null when none measured
 */
public record MaintenanceReport(
        String cluster,
        String node,
        String by,
        String startedAt,
        String until,
        List<Phase> phases,
        long sessionsLeft,
        boolean ranOut,
        String workFailed,
        List<String> trouble,
        ClientFigures client) {

    public MaintenanceReport {
        phases = phases == null ? List.of() : List.copyOf(phases);
        trouble = trouble == null ? List.of() : List.copyOf(trouble);
        until = until == null ? "" : until;
        workFailed = workFailed == null ? "" : workFailed;
    }

    /** Whether the work succeeded, and the node serves in a steady cluster again. */
    public boolean passed() {
        return workFailed.isEmpty() && trouble.isEmpty();
    }

    /** One sentence about it, for a person. */
    public String summary() {
        long total = phases.stream().mapToLong(Phase::millis).sum();
        String end = !trouble.isEmpty()
                ? "is not back as it should be"
                : workFailed.isEmpty() ? "is back" : "is back, but the work failed: " + workFailed;
        return node + " " + end + " after " + total / 1000 + " s" + (client == null ? "" : "; " + seen());
    }

    private String seen() {
        return client.failedConnects() + " of " + client.attempts() + " connects failed, " + client.lost() + " of "
                + client.longLived() + " held connections lost (" + lostBeforeWork()
                + " before the work began), longest outage " + HumanUnits.measured(client.outageMillis());
    }

    /** How many of the client's held connections were lost before the work began, as far as the losses are known one by one. */
    public long lostBeforeWork() {
        Instant began = phases.stream()
                .filter(phase -> phase.name().equals(Phase.WORK))
                .map(phase -> Instant.parse(phase.at()))
                .findFirst()
                .orElse(Instant.MAX);
        return client.losses().stream()
                .filter(loss -> Instant.parse(loss.at()).isBefore(began))
                .count();
    }

    /** In one line. */
    public String json() {
        try {
            return StatusJson.mapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own results can be written", e);
        }
    }
}
