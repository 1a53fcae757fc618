package io.jenkins.plugins.baton.agent.vrrp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Trailer;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the nodes of a virtual router agree on, as the cluster file says it. */
class GroupTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void groupIsWhatTheFileSays() throws Exception {
        assertThat(group("addresses: [192.0.2.9/24, 192.0.2.8/32], unicast: true, advertisementInterval: 250ms"))
                .isEqualTo(new Group(
                        51,
                        3,
                        SECOND / 4,
                        List.of(InetAddress.getByName("192.0.2.9"), InetAddress.getByName("192.0.2.8")),
                        Trailer.NONE,
                        true));
    }

    @Test
    void passwordIsTheTrailerOfVersion2() throws Exception {
        Group group = group("addresses: [192.0.2.9/24], version: 2, authentication: {type: pass, password: \"1111\"}");

        assertThat(group.authentication()).isEqualTo(new Trailer(1, 0x3131313100000000L));
        assertThat(group.unicast()).isFalse();
        assertThat(group.packet(Type.ADVERTISEMENT, 100))
                .isEqualTo(new Advertisement(
                        2, Type.ADVERTISEMENT, 51, 100, SECOND, group.addresses(), group.authentication()));
    }

    /** It shows whether adverts can be sent, and no node takes it for one. */
    @Test
    void trialIsForNoVirtualRouter() throws Exception {
        Group group = group("addresses: [192.0.2.9/24], version: 2, authentication: {type: pass, password: \"1111\"}");

        assertThat(group.trial())
                .isEqualTo(new Advertisement(2, Type.ADVERTISEMENT, 0, 0, SECOND, group.addresses(), Trailer.NONE));
    }

    /** @param keys of the virtual router */
    private static Group group(String keys) throws Exception {
        String text = """
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 110}
                  - {name: m2, address: 192.0.2.2, priority: 100}
                virtualRouters:
                  - {virtualRouterId: 51, interface: eth0, %s}
                """.formatted(keys);
        return Group.of(TestCluster.of(text).virtualRouters().get(0));
    }
}
