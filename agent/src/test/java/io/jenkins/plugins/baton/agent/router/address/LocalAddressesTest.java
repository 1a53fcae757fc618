package io.jenkins.plugins.baton.agent.router.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Lifetime;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
    private static final int TENTATIVE = 0x40;
    private static final int DAD_FAILED = 0x08;
    private static final int GLOBAL = 0;
    private static final int LINK = 253;
    private static final Link ETH0 = new Link(2, "eth0", MacAddress.NONE, 1, 0x41, Link.OperState.UP, 1500);

    private final LocalAddresses local = new LocalAddresses();

    @Test
    void ownAddressOnTheInterfaceIsNoObstacle() throws Exception {
        local.added(assigned(2, "10.77.0.1", 24, 0, GLOBAL));
        assertThat(obstacle("10.77.0.1", "10.77.0.100")).isEmpty();
    }

    @Test
    void ownAddressThatIsNowhereIsNamedWithTheInterface() throws Exception {
        local.added(assigned(2, "10.77.0.1", 24, 0, GLOBAL));
        local.removed(assigned(2, "10.77.0.1", 24, 0, GLOBAL));
        local.added(assigned(2, "10.77.0.9", 24, 0, GLOBAL));
        assertThat(obstacle("10.77.0.1", "10.77.0.100"))
                .contains("eth0 does not have 10.77.0.1, the address of this node");
    }

    @Test
    void ownAddressWithTwoPrefixLengthsIsThereUntilBothAreGone() throws Exception {
        local.added(assigned(2, "10.77.0.1", 24, 0, GLOBAL));
        local.added(assigned(2, "10.77.0.1", 16, 0, GLOBAL));
        local.removed(assigned(2, "10.77.0.1", 24, 0, GLOBAL));
        assertThat(obstacle("10.77.0.1", "10.77.0.100")).isEmpty();
    }

    @Test
    void ownAddressThatMovedToABridgeWithItsSubnetIsNotOnThisSegment() throws Exception {
        local.added(assigned(7, "10.77.0.1", 24, 0, GLOBAL));
        assertThat(obstacle("10.77.0.1", "10.77.0.100"))
                .contains("eth0 does not have 10.77.0.1, the address of this node; another interface has it");
    }

    @Test
    void virtualAddressOfAnotherSubnetNeedsNoOwnAddressThere() throws Exception {
        local.added(assigned(7, "10.77.0.1", 24, 0, GLOBAL));
        assertThat(obstacle("10.77.0.1", "192.168.9.100")).isEmpty();
    }

    @Test
    void linkLocalAddressOfAnotherInterfaceIsNone() throws Exception {
        local.added(assigned(7, "fe80::1", 64, 0, LINK));
        assertThat(obstacle("fe80::1", "fd00::100"))
                .hasValueSatisfying(o -> assertThat(o).contains("does not have"));
    }

    @Test
    void tentativeAddressIsWaitedForAndADuplicateIsNamed() throws Exception {
        local.added(assigned(2, "fe80::1", 64, TENTATIVE, LINK));
        assertThat(obstacle("fe80::1", "fd00::100"))
                .hasValueSatisfying(o -> assertThat(o).contains("is under way"));
        local.added(assigned(2, "fe80::1", 64, TENTATIVE | DAD_FAILED, LINK));
        assertThat(obstacle("fe80::1", "fd00::100"))
                .hasValueSatisfying(o -> assertThat(o).contains("another host has"));
        local.added(assigned(2, "fe80::1", 64, 0, LINK));
        assertThat(obstacle("fe80::1", "fd00::100")).isEmpty();
    }

    @Test
    void addressesOfAnInterfaceGoWithIt() throws Exception {
        local.added(assigned(2, "10.77.0.1", 24, 0, GLOBAL));
        local.linkRemoved(2);
        assertThat(local.at(InetAddress.getByName("10.77.0.1"))).isEmpty();
    }

    private Optional<String> obstacle(String own, String virtual) throws Exception {
        return local.obstacle(InetAddress.getByName(own), ETH0, List.of(InetAddress.getByName(virtual)));
    }

    private static AssignedAddress assigned(int link, String address, int prefix, int flags, int scope)
            throws Exception {
        return new AssignedAddress(
                link, new Cidr(InetAddress.getByName(address), prefix), flags, scope, Lifetime.FOREVER);
    }
}
