package io.jenkins.plugins.baton.fleet.deploy.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.Example;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class FactsTest {
    @Test
    void portThatANodesOwnServerSharesWithAFrontendNeedNotBeFree() {
        assertThat(ports("auto")).doesNotContain(6443).contains(8443, 9010);
        assertThat(ports("proxy")).contains(6443, 8443);
    }

    @Test
    void ipv6AddressIsFoundHoweverItIsWritten() throws Exception {
        Facts facts = Facts.parse("address=127.0.0.1\naddress=fd00::9\n", 0, 1);

        assertThat(facts.hasAddress(InetAddress.getByName("fd00:0:0::9"))).isTrue();
        assertThat(facts.hasAddress(InetAddress.getByName("fd00::8"))).isFalse();
    }

    private static int[] ports(String plane) {
        String text = """
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 100}
                virtualRouters:
                  - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [192.0.2.9/32]}
                frontends:
                  - {name: api, bind: "192.0.2.9:6443", backends: {port: 6443}, plane: %s}
                  - {name: other, bind: "192.0.2.9:8443", backends: {port: 6443}, plane: %s}
                """.formatted(plane, plane);
        Cluster cluster = Example.cluster(text).cluster();
        return Facts.ports(cluster, cluster.nodes().get(0)).toArray();
    }
}
