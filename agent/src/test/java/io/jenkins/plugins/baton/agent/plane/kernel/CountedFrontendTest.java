package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountedFrontendTest {
    private static final PlaneChoice KERNEL = new PlaneChoice(PlaneChoice.KERNEL, "a test says so");
    private static final String FILE = """
            nodes: [{name: m1, address: 10.0.0.1, priority: 110}, {name: m2, address: 10.0.0.2, priority: 100}]
            frontends: [{name: api, bind: "127.0.0.1:8443", backends: {port: 6443}}]
            """;

    /** As a maintenance remembers those that it has drained: what an operator enables afterwards is left alone. */
    @Test
    void backendsAreFoundAgainByWhoRemembersThemAlsoAfterAReload() throws Exception {
        TestFrontend proxied =
                new TestFrontend(ClusterFile.parse(Path.of("cluster.yaml"), FILE.getBytes(StandardCharsets.UTF_8))
                        .cluster()
                        .frontends()
                        .get(0));
        FrontendView before = new CountedFrontend(proxied, KERNEL, null);
        FrontendView after = new CountedFrontend(proxied, KERNEL, null);
        Set<BackendView> remembered = new HashSet<>(before.backends());

        assertThat(remembered).containsAll(before.backends()).containsAll(after.backends());
        assertThat(List.<BackendView>copyOf(before.backends())).doesNotHaveDuplicates();
    }
}
