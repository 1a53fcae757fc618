package io.jenkins.plugins.baton.fleet.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirewallTest {
    private static final Traffic VRRP = new Traffic(Probe.Kind.VRRP, "224.0.0.18", 0, false);
    private static final Traffic VRRP6 = new Traffic(Probe.Kind.VRRP, "ff02::12", 0, true);
    private static final Traffic LINK = new Traffic(Probe.Kind.PEER_LINK, "", 9011, false);

    private static String remedy(
            List<String> programs, List<String> chains, Firewall.Direction way, Traffic... traffic) {
        return Firewall.parse(programs, chains).remedy(way, "eth0", List.of(traffic));
    }

    @Test
    void firewalldIsOpenedInTheZoneOfTheInterface() {
        assertThat(remedy(
                        List.of("firewalld eth0 internal"),
                        List.of("input inet firewalld filter_INPUT drop"),
                        Firewall.Direction.IN,
                        VRRP,
                        LINK))
                .contains(
                        "eth0 is in zone internal",
                        "`firewall-cmd --permanent --zone=internal --add-protocol=vrrp && firewall-cmd --permanent "
                                + "--zone=internal --add-port=9011/tcp && firewall-cmd --reload`")
                .doesNotContain("nft insert");
    }

    @Test
    void whatFirewalldSendsIsOpenedByAPolicyFromTheHost() {
        assertThat(remedy(List.of("firewalld eth0 public"), List.of(), Firewall.Direction.OUT, VRRP))
                .contains("--policy=baton-out --add-ingress-zone=HOST &&", "--policy=baton-out --add-protocol=vrrp &&");
    }

    @Test
    void ufwIsOpenedByProtocolAndPortInTheDirection() {
        List<String> chains = List.of("input ip filter INPUT drop", "input ip6 filter INPUT drop");
        assertThat(remedy(List.of("ufw", "iptables"), chains, Firewall.Direction.IN, VRRP, LINK))
                .contains("`ufw allow proto vrrp from any to any` and `ufw allow 9011/tcp`")
                .doesNotContain("nft insert");
        assertThat(remedy(List.of("ufw"), chains, Firewall.Direction.OUT, LINK)).contains("`ufw allow out 9011/tcp`");
    }

    @Test
    void eachDroppingChainOfTheFamilyAndDirectionIsOpened() {
        List<String> chains = List.of(
                "input inet filter input drop",
                "output inet filter output drop",
                "input ip6 own in drop",
                "prerouting ip own pre drop",
                "input ip kube in jump");
        assertThat(remedy(List.of(), chains, Firewall.Direction.IN, VRRP))
                .contains(
                        "`nft insert rule inet filter input meta l4proto 112 accept`",
                        "`nft insert rule ip own pre meta l4proto 112 accept`")
                .doesNotContain("output", "ip6 own", "kube");
        assertThat(remedy(List.of(), chains, Firewall.Direction.IN, VRRP6))
                .contains("nft insert rule ip6 own in meta l4proto 112 accept")
                .doesNotContain("ip own pre");
    }

    @Test
    void aChainOfSomebodyElseThatDropsBesideFirewalldIsOpenedToo() {
        assertThat(remedy(
                        List.of("firewalld eth0 public"),
                        List.of("input inet own in drop"),
                        Firewall.Direction.IN,
                        LINK))
                .contains("firewall-cmd", "nft insert rule inet own in tcp dport 9011 accept");
    }

    @Test
    void whereNoChainDropsByItselfThoseThatGoOnInOthersAreNamed() {
        assertThat(remedy(List.of(), List.of("input inet site in jump"), Firewall.Direction.IN, LINK))
                .contains("nft insert rule inet site in tcp dport 9011 accept");
    }

    @Test
    void whereNothingIsFoundItIsSaidWhereToLook() {
        assertThat(remedy(List.of(), List.of(), Firewall.Direction.IN, LINK))
                .contains("nft list ruleset", "iptables-save");
        assertThat(remedy(List.of("iptables"), List.of(), Firewall.Direction.IN, VRRP, LINK))
                .contains("`iptables -I INPUT -p 112 -j ACCEPT`", "`iptables -I INPUT -p tcp --dport 9011 -j ACCEPT`");
    }
}
