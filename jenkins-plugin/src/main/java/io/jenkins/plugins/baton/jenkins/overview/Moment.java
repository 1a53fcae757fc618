package io.jenkins.plugins.baton.jenkins.overview;

import hudson.model.Job;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.history.Finding;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** When something was found out, how long ago that is, and by which build. */
@ExportedBean(defaultVisibility = 3)
public final class Moment {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z");

    private final Job<?, ?> job;
    private final int build;
    private final int step;
    private final long at;
    private final long now;

    /** @param now in ms since 1970 */
    Moment(Job<?, ?> job, Finding finding, long now) {
        this.job = job;
        this.build = finding.build();
        this.step = finding.step();
        this.at = finding.at();
        this.now = now;
    }

    /** In ms since 1970. */
    @Exported
    public long getAt() {
        return at;
    }

    /** Full name. */
    @Exported
    public String getJob() {
        return job.getFullName();
    }

    /** Number; 0: it was deleted. */
    @Exported
    public int getBuild() {
        return build;
    }

    /** Of the step's page, below the root of Jenkins; of the job when the build was deleted. */
    @Exported
    public String getUrl() {
        return job.getUrl() + (build == 0 ? "" : build + "/" + StepResult.url(step));
    }

    /** For a person, as in {@code folder » job #12}. */
    public String getSource() {
        return job.getFullDisplayName() + " " + (build == 0 ? Messages.Moment_deletedBuild() : "#" + build);
    }

    /** For a person, in the time zone of the controller, which it names. */
    public String getTime() {
        return TIME.format(Instant.ofEpochMilli(at).atZone(ZoneId.systemDefault()));
    }

    /** As HTML's {@code time} element has it. */
    public String getIso() {
        return Instant.ofEpochMilli(at).toString();
    }

    /** For a person, as in {@code 12 days}: one number is enough to compare. */
    public String getAge() {
        return age(Duration.ofMillis(Math.max(0, now - at)));
    }

    static String age(Duration age) {
        if (age.toMinutes() < 1) {
            return Messages.Moment_now();
        }
        if (age.toHours() < 1) {
            return Messages.Moment_minutes(age.toMinutes());
        }
        return age.toDays() < 2 ? Messages.Moment_hours(age.toHours()) : Messages.Moment_days(age.toDays());
    }

    boolean isOlderThan(Duration limit) {
        return now - at > limit.toMillis();
    }
}
