package io.jenkins.plugins.baton.jenkins.step;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.TaskListener;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.fleet.drill.NextScenario;
import io.jenkins.plugins.baton.jenkins.history.RecordedDrills;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * What is to be drilled, once it is known which cluster it is. Asked from the Jenkins node, where the cluster file is read;
 * answered on the controller, where the record of earlier drills is.
 */
public interface DrillDecision {
    DrillRequest of(String cluster) throws IOException;

    /** The controller's end; what arrives on a node is a proxy of it. To be made as whoever runs the build. */
    @SuppressFBWarnings(
            value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
            justification = "what goes to the Jenkins node is a proxy of it; it stays where it was made")
    final class Recorded implements DrillDecision, SerializableOnlyOverRemoting {
        private static final long serialVersionUID = 1;

        private final transient DrillRequest request;
        private final transient TaskListener log;
        private final transient Consumer<DrillRequest> decided;
        private final transient RecordedDrills drills = new RecordedDrills();

        /** @param decided hears what the decision was */
        Recorded(DrillRequest request, TaskListener log, Consumer<DrillRequest> decided) {
            this.request = request;
            this.log = log;
            this.decided = decided;
        }

        @Override
        public DrillRequest of(String cluster) throws IOException {
            DrillRequest decision = NextScenario.decide(
                    request,
                    drills,
                    cluster,
                    Instant.now(),
                    (node, line) -> log.getLogger().println(line));
            decided.accept(decision);
            return decision;
        }

        private Object writeReplace() throws ObjectStreamException {
            return getChannelForSerialization().export(DrillDecision.class, this);
        }
    }
}
