package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.TopLevelItem;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.lab.jenkins.TrialJobs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jenkinsci.plugins.pipeline.modeldefinition.parser.Converter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The jobs of {@code make jenkins}. */
@WithJenkins
class TrialJobsTest {
    @Test
    void everyJobLoadsAsAPipelineThatJenkinsAccepts(JenkinsRule jenkins) throws Exception {
        for (Map.Entry<String, String> one : TrialJobs.pipelines().entrySet()) {
            byte[] xml = TrialJobs.xml(one.getValue()).getBytes(StandardCharsets.UTF_8);
            TopLevelItem job = jenkins.jenkins.createProjectFromXML(one.getKey(), new ByteArrayInputStream(xml));

            CpsFlowDefinition definition = (CpsFlowDefinition) ((WorkflowJob) job).getDefinition();
            assertThat(definition.getScript().strip()).isEqualTo(one.getValue().strip());
            assertThat(definition.isSandbox()).isTrue();
            assertThat(((WorkflowJob) job).getDescription()).as(one.getKey()).isNotBlank();
            assertThat(Converter.scriptToPipelineDef(definition.getScript()))
                    .as(one.getKey())
                    .isNotNull();
        }
    }

    @Test
    void thereIsADrillOfEveryScenario() {
        assertThat(TrialJobs.SCENARIOS)
                .containsExactlyElementsOf(
                        Arrays.stream(Scenario.values()).map(Scenario::word).toList());
    }
}
