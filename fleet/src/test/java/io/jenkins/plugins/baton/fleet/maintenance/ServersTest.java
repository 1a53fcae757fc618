package io.jenkins.plugins.baton.fleet.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServersTest {
    private final Map<String, NodeStatus> nodes = Example.steady();

    private static Servers servers(String word) {
        return new Servers(Example.cluster().cluster(), word);
    }

    @Test
    void aNameMeansThatBackendInEveryFrontendAndAPathThatOfOne() {
        assertThat(servers("m2").frontends()).containsExactly("api");
        assertThat(servers("api/m2").frontends()).containsExactly("api");
        assertThat(servers("other/m2").frontends()).isEmpty();
    }

    @Test
    void aWordThatMeansNothingIsBadInputThatNamesWhatThereIs() {
        assertThatThrownBy(() -> servers("m4").require())
                .hasMessage("no frontend has a backend m4; there are m1, m2, m3");
    }

    @Test
    void drainingTheLastServerThatIsUpIsObjectedToByEveryNodeThatSeesItSo() {
        assertThat(servers("m1").objectionsToDrain(Example.view(nodes))).isEmpty();

        nodes.put(
                "m2", Said.by("m2").backend("m2", "DRAIN").backend("m3", "DOWN").status());

        assertThat(servers("m1").objectionsToDrain(Example.view(nodes)))
                .singleElement()
                .asString()
                .startsWith("m2: sees no other backend of api up");
        assertThat(servers("m2").objectionsToDrain(Example.view(nodes))).isEmpty();
    }

    @Test
    void theSessionsOfAllNodesCount() {
        nodes.put("m1", Said.by("m1").sessions("m2", 3).status());
        nodes.put("m3", Said.by("m3").sessions("m2", 4).status());

        assertThat(servers("m2").sessions(Example.view(nodes))).isEqualTo(7);
        assertThat(servers("m1").sessions(Example.view(nodes))).isZero();
    }
}
