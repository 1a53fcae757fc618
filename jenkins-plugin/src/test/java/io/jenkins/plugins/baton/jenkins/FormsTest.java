package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;
import io.jenkins.plugins.baton.jenkins.step.HaDeployStep;
import io.jenkins.plugins.baton.jenkins.step.HaFailoverTestStep;
import io.jenkins.plugins.baton.jenkins.step.HaMaintenanceStep;
import io.jenkins.plugins.baton.jenkins.step.HaStatusStep;
import io.jenkins.plugins.baton.jenkins.step.HaWaitForVipStep;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is filled into a form comes out of it again. */
@WithJenkins
class FormsTest {
    private static final String HOST_KEY =
            "10.0.0.1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8P7vYzVjF9v5Jt3c5k8mZ1p0uQxHnq2rWcT4aB6dEf";

    @Test
    void stepsAndClustersSurviveTheirForms(JenkinsRule jenkins) throws Exception {
        StepConfigTester forms = new StepConfigTester(jenkins);

        HaFailoverTestStep drill = new HaFailoverTestStep("cluster.yaml", "partition");
        drill.setMaxOutage("700ms");
        drill.setMaxLostConnections(0);
        drill.setTimes(3);
        drill.setRequests("50ms");
        drill.setConnections(7);
        drill.setNode("m2");
        drill.setWindow("22:00-05:00");
        drill.setOnFailure("unstable");
        drill.setKnownHosts("hosts");
        drill.setJunit(false);
        jenkins.assertEqualDataBoundBeans(drill, forms.configRoundTrip(drill));

        HaFailoverTestStep next = new HaFailoverTestStep("prod", "next");
        next.setFrom(List.of("agent-kill", "partition"));
        jenkins.assertEqualDataBoundBeans(next, forms.configRoundTrip(next));

        HaWaitForVipStep wait = new HaWaitForVipStep("cluster.yaml");
        wait.setStable("5s");
        wait.setTimeout("2m");
        jenkins.assertEqualDataBoundBeans(wait, forms.configRoundTrip(wait));

        HaDeployStep deploy = new HaDeployStep("prod");
        deploy.setReplaceKeepalived(true);
        deploy.setRotateSecret(true);
        deploy.setPlan(true);
        deploy.setAcceptNewHostKeys(true);
        jenkins.assertEqualDataBoundBeans(deploy, forms.configRoundTrip(deploy));

        HaMaintenanceStep maintenance = new HaMaintenanceStep("prod", "m2");
        maintenance.setAtMost("45m");
        maintenance.setTimeout("5m");
        maintenance.setDrainTimeout("10s");
        maintenance.setMinHealthy(2);
        maintenance.setProbe(true);
        jenkins.assertEqualDataBoundBeans(maintenance, forms.configRoundTrip(maintenance));

        HaStatusStep status = new HaStatusStep("prod");
        jenkins.assertEqualDataBoundBeans(status, forms.configRoundTrip(status));

        NamedCluster cluster = new NamedCluster("prod", ClusterText.of("prod"));
        cluster.setHostKeys(HOST_KEY);
        cluster.setFolders("team-a\nteam-b/production");
        BatonClusters.get().setClusters(List.of(cluster));
        jenkins.configRoundtrip();
        assertThat(BatonClusters.get().getClusters()).hasSize(1);
        NamedCluster again = BatonClusters.get().getClusters().get(0);
        assertThat(again.getText().strip()).isEqualTo(ClusterText.of("prod").strip());
        assertThat(again.getHostKeys()).isEqualTo(HOST_KEY);
        assertThat(again.getFolders().lines()).containsExactly("team-a", "team-b/production");
    }
}
