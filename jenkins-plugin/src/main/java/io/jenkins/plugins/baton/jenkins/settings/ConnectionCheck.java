package io.jenkins.plugins.baton.jenkins.settings;

import hudson.util.FormValidation;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.ConnectionTest;
import io.jenkins.plugins.baton.jenkins.node.Login;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The answer to the button "Test connection": a sentence for each node. */
final class ConnectionCheck {
    /** A browser that waits longer says nothing. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private ConnectionCheck() {}

    static FormValidation of(ClusterFile file, Login login) {
        try {
            List<ConnectionTest.Finding> findings = new ConnectionTest(file, login).run(LIMIT);
            String text = findings.stream().map(ConnectionCheck::sentence).collect(Collectors.joining("\n"));
            if (findings.stream().allMatch(ConnectionTest.Finding::isReachable)) {
                return FormValidation.ok(text);
            }
            return FormValidation.error(text);
        } catch (FleetException | IOException e) {
            return FormValidation.error(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error(e.getMessage());
        }
    }

    private static String sentence(ConnectionTest.Finding found) {
        if (!found.isReachable()) {
            return found.trouble();
        }
        if (found.agent() == null) {
            return Messages.ConnectionCheck_noAgent(found.node(), found.user(), found.trouble());
        }
        String states = found.agent().virtualRouters().stream()
                .map(ConnectionCheck::state)
                .collect(Collectors.joining(", "));
        return Messages.ConnectionCheck_found(
                found.node(), found.user(), found.agent().version(), states);
    }

    private static String state(RouterStatus router) {
        return router.name() + " " + router.state();
    }
}
