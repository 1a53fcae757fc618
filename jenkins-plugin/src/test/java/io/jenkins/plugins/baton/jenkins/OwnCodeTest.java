package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jenkins.node.OwnCode;
import org.junit.jupiter.api.Test;

/** What a Jenkins node has before anything begins on the nodes, because a lost controller sends no more of it. */
class OwnCodeTest {
    @Test
    void itHasTheWayBackOfEachStepAndTheLibraryThatReachesTheNodes() throws Exception {
        OwnCode code = OwnCode.ofController();

        assertThat(code.classes())
                .contains(
                        "io.jenkins.plugins.baton.fleet.drill.FaultRun",
                        "io.jenkins.plugins.baton.fleet.deploy.rollout.Rollback",
                        "io.jenkins.plugins.baton.fleet.maintenance.WayOut",
                        "io.jenkins.plugins.baton.fleet.ssh.SshException",
                        "io.jenkins.plugins.baton.jenkins.record.FeedSender",
                        "net.schmizz.sshj.SSHClient")
                .noneMatch(name -> name.contains(".cli."));
        assertThat(code.scripts())
                .contains(
                        "io/jenkins/plugins/baton/fleet/nodes/end-faults.sh",
                        "io/jenkins/plugins/baton/fleet/deploy/rollout/rollback.sh",
                        "io/jenkins/plugins/baton/fleet/maintenance/end.sh");
    }
}
