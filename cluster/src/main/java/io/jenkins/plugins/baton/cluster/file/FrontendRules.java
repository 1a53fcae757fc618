package io.jenkins.plugins.baton.cluster.file;

import static io.jenkins.plugins.baton.cluster.file.format.DurationType.written;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.FrontendKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NodeKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TimeoutKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What must hold between frontends, and between a frontend's bind and the rest of the file. */
final class FrontendRules {
    private final Draft draft;
    private final Problems problems;

    private FrontendRules(Draft draft, Problems problems) {
        this.draft = draft;
        this.problems = problems;
    }

    static void check(Draft draft, Problems problems) {
        FrontendRules rules = new FrontendRules(draft, problems);
        List<Located<String>> names = draft.frontends().stream()
                .flatMap(frontend ->
                        DerivedDefaults.frontendName(frontend)
                                .map(name -> new Located<>(frontend.at(FrontendKeys.NAME), name))
                                .stream())
                .toList();
        Duplicates.refuse("name", names, "give each frontend a name of its own", problems);
        rules.refuseClashes(NodeRules.given(draft.frontends(), FrontendKeys.BIND));
        for (Entry frontend : draft.frontends()) {
            frontend.get(FrontendKeys.BIND).ifPresent(bind -> rules.bind(frontend.at(FrontendKeys.BIND), bind));
            frontend.get(FrontendKeys.TIMEOUTS).ifPresent(rules::timeouts);
        }
    }

    private void refuseClashes(List<Located<Endpoint>> binds) {
        for (int later = 1; later < binds.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (listensOn(binds.get(earlier).value(), binds.get(later).value())
                        || listensOn(
                                binds.get(later).value(), binds.get(earlier).value())) {
                    problems.add(
                            binds.get(later).mark(),
                            "bind: " + binds.get(later).value() + " clashes with "
                                    + binds.get(earlier).value() + " in line "
                                    + binds.get(earlier).mark().line() + "; choose another port");
                    break;
                }
            }
        }
    }

    /** Whether a socket on {@code listening} gets what is sent to {@code target}. */
    static boolean listensOn(Endpoint listening, Endpoint target) {
        if (listening.port() != target.port()) {
            return false;
        }
        InetAddress address = listening.address();
        // A socket on :: takes IPv4 as well unless it is told not to (ipv6(7), IPV6_V6ONLY).
        boolean wildcard = address.isAnyLocalAddress()
                && (!(address instanceof Inet4Address) || target.address() instanceof Inet4Address);
        return wildcard || address.equals(target.address());
    }

    private void bind(Mark mark, Endpoint bind) {
        InetAddress address = bind.address();
        boolean known = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || draft.isVirtual(address)
                || draft.nodeWith(address).isPresent();
        if (!known && draft.knowsAllAddresses()) {
            problems.add(
                    mark,
                    "bind: " + Text.of(address) + " is neither a virtual address nor a node's; bind to one of "
                            + String.join(", ", virtualAddresses()) + " or to 0.0.0.0");
        }
        if (address.isAnyLocalAddress()
                && address instanceof Inet4Address
                && draft.knowsAllAddresses()
                && !draft.hasIpv4()) {
            problems.add(
                    mark,
                    "bind: " + bind + " takes IPv4 only, and no node or virtual address is IPv4; write [::]:"
                            + bind.port());
        }
        boolean onLoopback = address.isAnyLocalAddress() || address.isLoopbackAddress();
        if (onLoopback && draft.jmxPort().filter(port -> port == bind.port()).isPresent()) {
            problems.add(
                    mark,
                    "bind: " + bind
                            + " clashes with management.jmxPort on loopback; choose another port for one of them");
        }
        clashWithPeerLink(mark, bind);
    }

    private void clashWithPeerLink(Mark mark, Endpoint bind) {
        boolean onNode = bind.address().isAnyLocalAddress()
                || draft.nodeWith(bind.address()).isPresent();
        if (onNode && draft.peerLinkPort().filter(port -> port == bind.port()).isPresent()) {
            problems.add(
                    mark,
                    "bind: " + bind
                            + " clashes with peerLink.port on the nodes' addresses; choose another port for one of"
                            + " them");
        }
    }

    private List<String> virtualAddresses() {
        List<String> vips = draft.virtualAddresses().stream()
                .map(vip -> Text.of(vip.value().address()))
                .toList();
        return vips.isEmpty()
                ? NodeRules.given(draft.nodes(), NodeKeys.ADDRESS).stream()
                        .map(node -> Text.of(node.value()))
                        .toList()
                : vips;
    }

    private void timeouts(Entry timeouts) {
        Optional<Duration> idle = timeouts.get(TimeoutKeys.IDLE);
        timeouts.get(TimeoutKeys.CONNECT)
                .filter(connect -> idle.isPresent() && connect.compareTo(idle.get()) > 0)
                .ifPresent(connect -> problems.add(
                        timeouts.at(timeouts.gives(TimeoutKeys.CONNECT) ? TimeoutKeys.CONNECT : TimeoutKeys.IDLE),
                        "connect: " + written(connect) + " is longer than idle, " + written(idle.get())
                                + ", which would end the session before it is connected; lower connect or raise idle"));
    }
}
