package io.jenkins.plugins.baton.jenkins.result;

import io.jenkins.plugins.baton.fleet.maintenance.Phase;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.io.Serializable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A part of a maintenance. */
@ExportedBean(defaultVisibility = 4)
public final class MaintenancePhase implements Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final String at;
    private final long millis;
    private final String note;

    MaintenancePhase(Phase phase) {
        name = Texts.cut(phase.name());
        at = Texts.cut(phase.at());
        millis = phase.millis();
        note = Texts.cut(phase.note());
    }

    /** steady, handover, drain, sessions, work, return, enable or settle. */
    @Exported
    public String getName() {
        return name;
    }

    /** In the reader's language. */
    public String getWord() {
        return switch (name) {
            case Phase.STEADY -> Messages.MaintenancePhase_steady();
            case Phase.HANDOVER -> Messages.MaintenancePhase_handover();
            case Phase.DRAIN -> Messages.MaintenancePhase_drain();
            case Phase.SESSIONS -> Messages.MaintenancePhase_sessions();
            case Phase.WORK -> Messages.MaintenancePhase_work();
            case Phase.RETURN -> Messages.MaintenancePhase_return();
            case Phase.ENABLE -> Messages.MaintenancePhase_enable();
            case Phase.SETTLE -> Messages.MaintenancePhase_settle();
            default -> name;
        };
    }

    /** When it began, ISO 8601. */
    @Exported
    public String getAt() {
        return at;
    }

    @Exported
    public long getMillis() {
        return millis;
    }

    public String getSeconds() {
        return String.format(java.util.Locale.ROOT, "%.1f", millis / 1000.0);
    }

    /** What came of it; may be empty. */
    @Exported
    public String getNote() {
        return note;
    }
}
