package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netfilter.NftablesException;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What this host can do of the kernel plane: whether there is nftables, permission, every expression that the rules
 * need, a segment that it shares with the other nodes. What may come by itself, an interface or this node's own address,
 * is no obstacle. It looks when it is first asked, and again only by {@link #again}.
 */
public final class HostSupport {
    /**
     * What the language of nft(8) was not always able to say, whatever the kernel can. It is asked first and by itself: the
     * rules as a whole make libnftables 0.9.8 (Debian 11) crash, and this process with it.
     */
    private static final String LANGUAGE = """
            table ip baton-trial {
              map trial-map { typeof numgen inc mod 2 : verdict; }
            }
            delete table ip baton-trial
            """;

    /**
     * All expressions of the rules, in chains through which no packet goes; made and deleted in one transaction. For a
     * family, an address of it, and that with a port.
     */
    private static final String TRIAL = """
            table %1$s baton-trial {
              set trial-set {
                typeof %1$s saddr . tcp sport . tcp sequence; size 2; flags dynamic, timeout; timeout 1s
              }
              chain trial-filter {
                add @trial-set { %1$s saddr . tcp sport . tcp sequence }
                jhash %1$s saddr . tcp sport mod 128 seed 0x1 vmap { 0 : accept }
                numgen inc mod 2 vmap { 0 : accept }
                ct state new,invalid ct direction original ct original %1$s daddr %2$s fib daddr type local
                %1$s dscp set 63 tcp sequence 0 ether saddr 02:00:00:00:00:01 counter
                dup to %2$s device "lo"
                reject with tcp reset
              }
              chain trial-dnat {
                meta l4proto tcp dnat to %3$s
              }
              chain trial-snat {
                snat to %2$s
              }
            }
            delete table %1$s baton-trial
            table netdev baton-trial {
              chain trial-ingress {
                fwd %1$s to %2$s device "lo"
              }
            }
            delete table netdev baton-trial
            """;

    /** Whether the rules have been tried with success. */
    private boolean tried;

    private Optional<String> hostObstacle = Optional.empty();
    private boolean looked;
    private List<Link> links;
    private List<AssignedAddress> addresses;

    /** What is to be asked after something on this host may have changed. What worked with nftables is not tried again. */
    public synchronized HostSupport again() {
        HostSupport next = new HostSupport();
        next.tried = tried && hostObstacle.isEmpty();
        return next;
    }

    /** Why this host can have no rules of Baton for this cluster, as the end of a sentence; empty: it can. */
    public synchronized Optional<String> obstacle(Cluster cluster) {
        if (!looked) {
            looked = true;
            hostObstacle = look(cluster.virtualRouters().stream().anyMatch(VirtualRouter::isIpv6));
        }
        return hostObstacle;
    }

    private Optional<String> look(boolean ipv6) {
        try (Rtnetlink rtnetlink = Rtnetlink.open()) {
            Optional<String> trouble = tried ? Optional.empty() : tryRules(ipv6);
            if (trouble.isPresent()) {
                return trouble;
            }
            links = rtnetlink.links();
            addresses = rtnetlink.addresses();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("this host cannot " + e.getMessage());
        }
    }

    private Optional<String> tryRules(boolean ipv6) throws IOException {
        try (Nftables nftables = Nftables.open()) {
            new InstalledRules(nftables).persisted();
            if (!knowsLanguage(nftables)) {
                return Optional.of(
                        "the libnftables of this host is too old for its rules: it knows no maps from a hash to a "
                                + "verdict (1.0.6 of Debian 12 does)");
            }
            nftables.run(TRIAL.formatted("ip", "192.0.2.1", "192.0.2.1:1"));
            if (ipv6) { // some of its expressions are kernel modules of their own
                nftables.run(TRIAL.formatted("ip6", "2001:db8::1", "[2001:db8::1]:1"));
            }
            tried = true;
            return Optional.empty();
        }
    }

    private static boolean knowsLanguage(Nftables nftables) throws NftablesException {
        try {
            nftables.run(LANGUAGE);
            return true;
        } catch (NftablesException e) {
            if (String.valueOf(e.getMessage()).contains("typeof")) {
                return false;
            }
            throw e;
        }
    }

    /** Why the kernel plane cannot serve a frontend on this node of the cluster; empty: it can. */
    public Optional<String> obstacle(Cluster cluster, Node self, Frontend frontend) {
        return FrontendEligibility.obstacle(cluster, frontend)
                .or(() -> obstacle(cluster))
                .or(() -> segmentObstacle(cluster, self, frontend));
    }

    /** A copied frame goes to the other node as it is: there must be no router on its way. */
    private Optional<String> segmentObstacle(Cluster cluster, Node self, Frontend frontend) {
        String interfaceName =
                VirtualAddresses.of(cluster, self, frontend).get(0).interfaceName();
        Optional<Link> link =
                links.stream().filter(one -> one.name().equals(interfaceName)).findFirst();
        if (link.isEmpty() || isNowhere(self, frontend)) {
            return Optional.empty();
        }
        if (!link.get().isEthernet()) {
            return Optional.of(interfaceName + " is no Ethernet interface");
        }
        return frontend.backends().stream()
                .map(backend -> backend.endpoint().address())
                .filter(address -> !onLink(link.get(), address))
                .findFirst()
                .map(address -> IpLiteral.text(address) + " is not on the segment of " + interfaceName);
    }

    /** Whether this node's own address is not there yet, so that nothing can be said of the segment. */
    private boolean isNowhere(Node self, Frontend frontend) {
        return frontend.backends().stream()
                .filter(backend -> backend.name().equals(self.name()))
                .map(backend -> backend.endpoint().address())
                .noneMatch(own -> addresses.stream()
                        .anyMatch(one -> one.address().address().equals(own)));
    }

    private boolean onLink(Link link, InetAddress address) {
        return addresses.stream()
                .filter(assigned -> assigned.linkIndex() == link.index())
                .anyMatch(assigned -> assigned.address().contains(address));
    }
}
