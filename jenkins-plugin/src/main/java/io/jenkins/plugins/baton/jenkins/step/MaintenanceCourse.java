package io.jenkins.plugins.baton.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.baton.fleet.maintenance.ClientFigures;
import io.jenkins.plugins.baton.fleet.maintenance.Ended;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceReport;
import io.jenkins.plugins.baton.fleet.maintenance.Phase;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** How far a maintenance has come: kept with the build, so that another controller can go on. */
final class MaintenanceCourse implements Serializable {
    private static final long serialVersionUID = 1;

    /** Where the node is. */
    enum Stage {
        OUT,
        WORK,
        BACK
    }

    private final String node;
    private final String by;
    private final long startedAt = System.currentTimeMillis();
    private volatile Stage stage = Stage.OUT;
    /** JSON of a {@link Departure}; empty until the node is out. */
    private String departure = "";

    private long workBeganAt;
    private long workEndedAt;
    /** Not kept: what a pipeline throws may hold what cannot be. */
    private transient Throwable failure;

    private boolean failed;
    private boolean failedByAbort;
    private String failedBecause = "";

    MaintenanceCourse(String node, String by) {
        this.node = node;
        this.by = by;
    }

    Stage stage() {
        return stage;
    }

    /** Who does it, for others. */
    String by() {
        return by;
    }

    /** Why the pipeline gets no result; null when the body succeeded, or has not ended. */
    Throwable failure() {
        if (failure != null || !failed) {
            return failure;
        }
        return failedByAbort ? new FlowInterruptedException(Result.ABORTED, true) : new AbortException(failedBecause);
    }

    /** @param json of a {@link Departure} */
    Departure isOut(String json) throws JsonProcessingException {
        departure = json;
        return departure();
    }

    /** When the nodes enable the node by themselves; empty as long as it is not out. */
    String until() {
        try {
            return departure.isEmpty() ? "" : departure().begun().until();
        } catch (JsonProcessingException e) {
            // What a Jenkins node sent is no departure: nobody knows.
            return "";
        }
    }

    void workBegins() {
        workBeganAt = System.currentTimeMillis();
        stage = Stage.WORK;
    }

    /** @param how why the body, or what came before it, failed; null when it succeeded */
    void turnsBack(Throwable how) {
        workEndedAt = System.currentTimeMillis();
        failure = how;
        failed = how != null;
        failedByAbort = failed && FleetExecution.isAbort(how);
        failedBecause = failed ? FleetExecution.reason(how) : "";
        stage = Stage.BACK;
    }

    /** @param client what a client saw; null when none measured */
    MaintenanceReport report(Ended ended, ClientFigures client) throws JsonProcessingException {
        List<Phase> phases = new ArrayList<>();
        boolean wasOut = !departure.isEmpty();
        if (wasOut) {
            phases.addAll(departure().begun().phases());
        }
        if (workBeganAt > 0) {
            String at = Instant.ofEpochMilli(workBeganAt).toString();
            phases.add(new Phase(Phase.WORK, at, workEndedAt - workBeganAt, failedBecause));
        }
        phases.addAll(ended.phases());
        return new MaintenanceReport(
                wasOut ? departure().cluster() : "",
                node,
                by,
                Instant.ofEpochMilli(startedAt).toString(),
                wasOut ? departure().begun().until() : "",
                phases,
                wasOut ? departure().begun().sessionsLeft() : 0,
                ended.ranOut(),
                failedBecause,
                ended.trouble(),
                client);
    }

    private Departure departure() throws JsonProcessingException {
        return StatusJson.mapper().readValue(departure, Departure.class);
    }
}
