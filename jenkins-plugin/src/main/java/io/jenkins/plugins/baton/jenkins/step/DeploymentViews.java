package io.jenkins.plugins.baton.jenkins.step;

import io.jenkins.plugins.baton.fleet.DeferredInterrupt;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.DeploymentListener;
import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import io.jenkins.plugins.baton.jenkins.node.FleetContext;

/** What the agents say before and after a deployment, and what it is going to do, for the page of the build. */
final class DeploymentViews implements DeploymentListener {
    private final FleetContext fleet;
    private boolean reached;

    DeploymentViews(FleetContext fleet) {
        this.fleet = fleet;
    }

    @Override
    public void found(View before) {
        reached = true;
        tell(Stage.BEFORE, before);
    }

    @Override
    public void intends(Intention intention) {
        fleet.feed().intend(intention);
    }

    /**
     * Looks again at the end, also after a failure or an interrupt, of which neither is told of again. Where nodes could not be
     * logged in to at the beginning, nobody tries again: their hosts count such attempts.
     */
    void lookAgain() {
        if (!reached) {
            return;
        }
        DeferredInterrupt.during(() -> {
            try {
                tell(Stage.AFTER, fleet.nodes().view());
            } catch (FleetException e) {
                // Interrupted again: whoever aborts twice does not want to wait.
                Thread.currentThread().interrupt();
            }
        });
    }

    private void tell(Stage stage, View view) {
        fleet.feed().see(stage, view, new SteadyState(fleet.file()).missing(view));
    }
}
