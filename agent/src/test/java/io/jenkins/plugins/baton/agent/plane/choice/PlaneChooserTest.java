package io.jenkins.plugins.baton.agent.plane.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.kernel.HostSupport;
import io.jenkins.plugins.baton.cluster.Cluster;
import org.junit.jupiter.api.Test;

/** What follows from the cluster file alone; what the host must be able to do, KernelPlaneIT shows. */
class PlaneChooserTest {
    @Test
    void planeOfTheFileIsThePlane() throws Exception {
        assertThat(choose("plane: proxy")).isEqualTo(new PlaneChoice("proxy", "the cluster file says so"));
    }

    @Test
    void autoIsTheProxyWhereTheKernelCannotAndSaysWhy() throws Exception {
        assertThat(choose("balance: leastconn"))
                .isEqualTo(new PlaneChoice(
                        "proxy",
                        "the kernel plane cannot serve it, because balance: leastconn"
                                + " counts connections, whose end the choosing node does not see"));
    }

    @Test
    void portOfTheNodesOwnServerIsLeftToItWhereTheKernelCannot() throws Exception {
        assertThat(choose("balance: leastconn", "192.0.2.9:6443"))
                .isEqualTo(new PlaneChoice(
                        "none",
                        "the server of this node itself answers, for the kernel plane cannot"
                                + " serve it, because balance: leastconn counts connections, whose end the choosing node does not"
                                + " see"));
        assertThat(choose("plane: proxy", "192.0.2.9:6443").plane()).isEqualTo("proxy");
    }

    @Test
    void kernelWhereItCannotIsRefusedWithTheReasonAndTheRemedy() {
        assertThatThrownBy(() -> choose("plane: kernel", "192.0.2.1:8443"))
                .isInstanceOf(PlaneException.class)
                .hasMessageContaining("frontend api asks for plane: kernel")
                .hasMessageContaining("because no virtual router has its address 192.0.2.1")
                .hasMessageEndingWith("say plane: auto or proxy");
    }

    private static PlaneChoice choose(String options) throws Exception {
        return choose(options, "192.0.2.9:8443");
    }

    private static PlaneChoice choose(String options, String bind) throws Exception {
        String text = """
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 100}
                virtualRouters:
                  - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [192.0.2.9/32]}
                frontends:
                  - {name: api, bind: "%s", backends: {port: 6443}, %s}
                """.formatted(bind, options);
        Cluster cluster = TestCluster.of(text);
        return new PlaneChooser(cluster, cluster.nodes().get(0), new HostSupport())
                .choose(cluster.frontends().get(0));
    }
}
