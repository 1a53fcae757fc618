package io.jenkins.plugins.baton.fleet.deploy.rollout;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.deploy.plan.Change;
import io.jenkins.plugins.baton.fleet.deploy.removal.Uninstallation;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.LostOperatorRecovery;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node does, and writes down for the next operator, when the operator of a deployment is gone: a recovery for each of its
 * stages.
 *
 * @param cluster that is deployed
 * @param who deploys, for others
 */
public record DeploymentRecovery(Cluster cluster, String who) {
    private static final String HAS_NOT = "had not had its turn and is as it was";
    private static final String BACK = "was in its turn and put itself back";
    private static final String NOT_BACK =
            "was in its turn and could not put itself back; deploy again, or run `baton undeploy`";
    private static final String DONE = "had had its turn and keeps the new release and cluster file";

    /** @param forget takes away what waits there */
    public Command waiting(Command forget) {
        return LostOperatorRecovery.state(List.of(forget, note(HAS_NOT, HAS_NOT)));
    }

    /** @param turn as {@code activate.sh} knows it */
    Command inTurn(Change change, String turn, Command forget) {
        List<Command> scripts = new ArrayList<>();
        if (change.first()) {
            scripts.add(
                    Command.asRoot("# activate.sh may not have ended yet\nflock --wait 120 " + Layout.HOME + " true"));
            scripts.addAll(Uninstallation.scripts(cluster));
        } else {
            scripts.add(Rollback.script(turn));
            scripts.add(Uninstallation.pair());
        }
        scripts.add(forget);
        scripts.add(note(BACK, NOT_BACK));
        return LostOperatorRecovery.state(scripts);
    }

    Command done() {
        return LostOperatorRecovery.state(List.of(note(DONE, DONE)));
    }

    private Command note(String what, String failed) {
        return Script.of(DeploymentRecovery.class, "note.sh", List.of(who, what, failed));
    }
}
