package io.jenkins.plugins.baton.jenkins.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.DrillSection;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jenkins.record.StepFeed;
import io.jenkins.plugins.baton.jenkins.record.StepRecord;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * The controller's end of a feed: keeps with the build what a step tells, in bounded size. What arrives on a Jenkins node is a
 * proxy of it.
 */
public final class StepReceiver implements StepFeed, SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1;

    private static final Logger LOGGER = Logger.getLogger(StepReceiver.class.getName());

    /** What 64 nodes with all their backends say is a tenth of it. */
    private static final int MAX_LOOK = 8_000_000;

    /** A drill of four hours with an attempt every 5 ms. */
    private static final int MAX_DRILL = 64_000_000;

    private static final int MAX_DRILLS = 1000;

    private final transient ControlPlaneAction action;
    private final transient StepFiles files;
    private final int number;
    private final double maxOutageMillis;
    private volatile boolean refused;

    /**
     * @param number of the step in its build
     * @param maxOutageMillis with which a drill passes; 0 where nothing is drilled
     */
    public StepReceiver(Run<?, ?> build, int number, double maxOutageMillis) {
        this.action = ControlPlaneAction.of(build);
        this.files = new StepFiles(build);
        this.number = number;
        this.maxOutageMillis = maxOutageMillis;
    }

    /** Whether the step said that nothing was done. */
    public boolean isRefused() {
        return refused;
    }

    @Override
    public void cluster(String name) {
        action.update(number, result -> result.ofCluster(name));
    }

    @Override
    public synchronized void look(String json) {
        keep(json, MAX_LOOK, () -> {
            Look look = StatusJson.mapper().readValue(json, Look.class).takenAt(System.currentTimeMillis());
            new LookTables(look, Map.of()).all(); // what cannot be shown is not kept
            files.write(number, files.read(number).with(look));
            action.update(
                    number,
                    result -> result.seen(look.at(), look.holder(), look.missing())
                            .warned(look.warnings()));
        });
    }

    @Override
    public synchronized void intention(String json) {
        keep(json, MAX_LOOK, () -> {
            Intention intention = StatusJson.mapper().readValue(json, Intention.class);
            new DeploymentView(intention, List.of()).check();
            StepRecord record = files.read(number).with(intention);
            files.write(number, record);
            action.update(number, result -> result.deployed(intention.release(), List.of()));
        });
    }

    @Override
    public synchronized void drill(String json) {
        int drill = action.getSteps().get(number).getDrills().size();
        if (drill < MAX_DRILLS) {
            keep(json, MAX_DRILL, () -> {
                DrillReport report = ReportFiles.parseDrill(json);
                new DrillSection(report, Locale.ENGLISH).html(0); // what cannot be shown is not kept
                files.write(number, drill, report, json);
                DrillResult result = DrillResult.of(report, demand(report.startedAt()));
                action.update(number, step -> step.drilled(result));
            });
        }
        if (action.getSteps().get(number).getDrills().size() == drill) {
            // It was too long or no report: that somebody drilled is kept all the same.
            action.update(
                    number, step -> step.drilled(DrillResult.unfinished("?", "", Outcome.ERROR, "", demand(null))));
        }
    }

    private DrillResult.Demand demand(String startedAt) {
        long at = System.currentTimeMillis();
        try {
            at = startedAt == null ? at : Instant.parse(startedAt).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            // A moment that makes no sense: the drill ended just now.
        }
        return new DrillResult.Demand(at, maxOutageMillis);
    }

    @Override
    public void refused() {
        refused = true;
    }

    /** Saved at once: it is needed when the controller is lost. */
    @Override
    public void standing(String sentence) {
        if (sentence == null) {
            return;
        }
        action.update(number, result -> result.standing(sentence));
        try {
            action.getBuild().save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "what step " + number + " tells cannot be kept", e);
        }
    }

    private interface Keeping {
        void run() throws IOException;
    }

    private void keep(String json, int limit, Keeping keeping) {
        if (json == null || json.length() > limit) {
            LOGGER.log(Level.WARNING, "step {0} of {1}: a text of a Jenkins node is too long to be kept", new Object[] {
                number, action.getBuild()
            });
            return;
        }
        try {
            keeping.run();
        } catch (JsonProcessingException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "a Jenkins node sent for step " + number + " what cannot be read", e);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "what step " + number + " tells cannot be kept", e);
        }
    }

    private Object writeReplace() throws ObjectStreamException {
        return getChannelForSerialization().export(StepFeed.class, this);
    }
}
