package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.pipeline.modeldefinition.parser.Converter;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the documentation shows is understood; PipelineTest runs one of the pipelines. */
@WithJenkins
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "docs", "examples");

    @Test
    void examplesAreUnderstood(JenkinsRule jenkins) throws Exception {
        List<Path> pipelines;
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            pipelines = files.filter(file -> file.toString().endsWith(".jenkinsfile")).toList();
        }
        assertThat(pipelines).hasSizeGreaterThanOrEqualTo(5);
        for (Path pipeline : pipelines) {
            // Throws with line and column for an unknown step, a missing parameter or a value of a wrong type.
            assertThat(Converter.scriptToPipelineDef(Files.readString(pipeline))).as("%s", pipeline).isNotNull();
        }

        ConfigurationAsCode.get().configure(EXAMPLES.resolve("jenkins.yaml").toUri().toString());
        NamedCluster prod = BatonClusters.get().named("prod").orElseThrow();
        assertThat(prod.getCredentialsId()).isEqualTo("masters");
        assertThat(ClusterFile.parse(Path.of("prod"), prod.getText().getBytes(StandardCharsets.UTF_8))
                        .cluster().nodes())
                .hasSize(3);
    }
}
