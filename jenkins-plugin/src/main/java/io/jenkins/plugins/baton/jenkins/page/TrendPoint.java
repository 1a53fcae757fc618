package io.jenkins.plugins.baton.jenkins.page;

import hudson.model.Run;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.util.List;
import java.util.stream.IntStream;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One drill in the trend of a job, also one that did not run to its end. */
@ExportedBean(defaultVisibility = 2)
public final class TrendPoint {
    private final TrendEntry entry;

    TrendPoint(TrendEntry entry) {
        this.entry = entry;
    }

    /** Those of a step, in order. */
    static List<TrendEntry> of(Run<?, ?> build, StepResult step) {
        return IntStream.range(0, step.getDrills().size())
                .mapToObj(drill -> new TrendEntry(
                        build.getNumber(),
                        build.getStartTimeInMillis(),
                        step.getNumber(),
                        drill,
                        step.getDrills().get(drill)))
                .toList();
    }

    JSONObject toJson() {
        DrillResult drill = getDrill();
        DrillLine line = getLine();
        JSONObject json = new JSONObject();
        json.put("build", getBuild());
        json.put("at", getAt());
        json.put("scenario", drill.getScenario());
        json.put("node", drill.getNode());
        json.put("passed", drill.isPassed());
        json.put("outcome", drill.getOutcome().name());
        json.put("judged", drill.getOutcome().isJudged());
        json.put("word", drill.getOutcome().getWord());
        json.put("text", line.getText());
        json.put("title", line.getTitle());
        json.put("url", getBuild() + "/" + line.getUrl());
        json.put("maxOutageMillis", drill.getMaxOutageMillis());
        json.put("outageMillis", drill.getOutageMillis());
        json.put("lostConnections", drill.getLostConnections());
        json.put("failedConnects", drill.getFailedConnects());
        return json;
    }

    @Exported
    public int getBuild() {
        return entry.build();
    }

    /** When the build began, in ms since 1970. */
    @Exported
    public long getAt() {
        return entry.at();
    }

    @Exported(inline = true)
    public DrillResult getDrill() {
        return entry.result();
    }

    public DrillLine getLine() {
        return new DrillLine(entry.result(), entry.step(), entry.drill());
    }

    /** With the zone. */
    public String getWhen() {
        return ReaderTimes.moment(entry.at());
    }
}
