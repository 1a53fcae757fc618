package io.jenkins.plugins.baton.agent.plane.kernel;

import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.anyOf;
import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.baseChain;
import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.chain;
import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.endpoint;
import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.rule;
import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.set;

import io.jenkins.plugins.baton.agent.linux.MacAddress;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table of one address family. A packet for a VIP goes through it in this order:
 *
 * <ol>
 *   <li>{@code dispatch}, before connection tracking: a packet from a client belongs to a slot by its hash; a slot of
 *       another node is copied to that node and dropped here. A packet from a peer has been dispatched already.
 *   <li>{@code again}, after connection tracking: one in mid-stream that this node does not know goes to the next node
 *       of the ring. That makes a change of the map harmless, even while the nodes disagree about it. How far it has
 *       come stands in its DSCP, in the highest values, which have no meaning otherwise; the last node of the ring
 *       keeps it, so that its stack answers with a reset.
 *   <li>{@code serve}: the address of the own backend takes the place of the VIP.
 * </ol>
 *
 * <p>{@code local} and {@code source} balance what this node and its pods send to the VIP, where they are. {@code
 * refused} keeps back the reset that answers a SYN: the client repeats the SYN after a second, and by then the map
 * knows that the backend is down.
 *
 * <p>Of all that a frontend which the proxy serves has {@code again} alone.
 */
final class FamilyTable {
    /** The type of a slot; with {@code jhash} in its place libnftables 1.0.6 crashes when it lists the map. */
    private static final String SLOT = "typeof numgen inc mod 128";

    private static final String FROM_CLIENT = "ether saddr != @peers";

    private final ClusterView view;
    private final boolean ipv6;
    private final String ip;
    private final String eth;
    private final List<KernelFrontend> frontends;

    FamilyTable(ClusterView view, boolean ipv6) {
        this.view = view;
        this.ipv6 = ipv6;
        this.ip = ipv6 ? "ip6" : "ip";
        this.eth = '"' + view.interfaceName() + '"';
        this.frontends = view.frontends().stream().filter(frontend -> frontend.isIpv6() == ipv6).toList();
    }

    /** All of the table, which must not exist; nothing when no frontend is of this family. */
    String install() {
        return frontends.isEmpty() ? "" : table(structure() + state());
    }

    /** Replaces what depends on the state of the nodes, in the table that exists. */
    String update() {
        return frontends.isEmpty()
                ? ""
                : flush("set", "peers")
                        + dispatched(f -> flush("map", "owners" + f) + flush("map", "backends" + f))
                        + each(f -> flush("chain", "ring" + f) + flush("chain", "everyone" + f))
                        + table(state());
    }

    private String table(String content) {
        return NftSyntax.table(ip, Ruleset.TABLE, content);
    }

    private String flush(String kind, String name) {
        return NftSyntax.flush(kind, ip, Ruleset.TABLE, name);
    }

    private String structure() {
        return each(this::copies)
                + hooked("again", "filter hook prerouting priority mangle + 5", each(this::again))
                + dispatched(f -> chain("dispatch" + f, hashed(f)))
                + hooked("dispatch", "filter hook prerouting priority raw - 10", dispatched(this::dispatch))
                + hooked("serve", "nat hook prerouting priority dstnat - 5", dispatched(this::serve))
                + hooked("local", "nat hook output priority -105", dispatched(this::local))
                + hooked("source", "nat hook postrouting priority srcnat - 5", dispatched(this::source))
                + hooked("refused", "filter hook output priority mangle + 5", dispatched(this::refused));
    }

    /** A chain without rules would cost every packet of the host a call. */
    private static String hooked(String name, String hook, String rules) {
        return rules.isEmpty() ? "" : baseChain(name, hook, rules);
    }

    private String state() {
        return set("set peers", "type ether_addr", view.peers().stream().map(MacAddress::toString).toList())
                + dispatched(this::maps)
                + each(f -> chain("ring" + f, ring(f)) + chain("everyone" + f, everyone(f)));
    }

    private String maps(int f) {
        KernelFrontend frontend = frontends.get(f);
        List<OptionalInt> owners = frontend.owners();
        List<String> verdicts = new ArrayList<>();
        List<String> backends = new ArrayList<>();
        for (int slot = 0; slot < owners.size(); slot++) {
            if (owners.get(slot).isPresent()) {
                int owner = owners.get(slot).getAsInt();
                Seat seat = frontend.seats().get(owner);
                verdicts.add(slot + " : " + (owner == frontend.own() ? "accept" : "goto " + copy(f, owner)));
                backends.add(slot + " : " + IpLiteral.text(seat.address()) + " . " + seat.port());
            }
        }
        return set("map owners" + f, SLOT + " : verdict", verdicts)
                + set("map backends" + f, SLOT + " : " + ip + " daddr . tcp dport", backends);
    }

    private String copies(int f) {
        KernelFrontend frontend = frontends.get(f);
        return IntStream.range(0, frontend.seats().size())
                .filter(seat -> seat != frontend.own())
                .mapToObj(seat -> chain(copy(f, seat), rule(duplicate(frontend.seats().get(seat))) + rule("drop")))
                .collect(Collectors.joining());
    }

    private String duplicate(Seat seat) {
        return "dup to " + IpLiteral.text(seat.address()) + " device " + eth;
    }

    private String hashed(int f) {
        KernelFrontend frontend = frontends.get(f);
        boolean bySource = frontend.dispatch() == KernelFrontend.Dispatch.BY_SOURCE;
        String key = bySource ? ip + " saddr" : ip + " saddr . tcp sport";
        return rule(unmark(f))
                + rule("jhash " + key + " mod 128 seed " + seed(frontend) + " vmap @owners" + f)
                + rule("reject with tcp reset"); // nobody serves
    }

    /** The same on every node, another for every frontend, so that a client's connections to two fall differently. */
    private static String seed(KernelFrontend frontend) {
        return "0x" + Integer.toHexString(frontend.name().hashCode() | 1);
    }

    /** A client's own DSCP must not look as if the packet had been sent round. */
    private String unmark(int f) {
        return ip + " dscp >= " + frontends.get(f).firstHop() + " " + ip + " dscp set 0";
    }

    private String ring(int f) {
        KernelFrontend frontend = frontends.get(f);
        if (frontend.others().isEmpty()) {
            return rule("accept");
        }
        String next = " goto " + copy(f, frontend.others().get(0));
        StringBuilder rules = new StringBuilder(rule(ip + " dscp " + KernelFrontend.LAST_HOP + " accept"));
        for (int hop = frontend.firstHop(); hop < KernelFrontend.LAST_HOP; hop++) {
            rules.append(rule(ip + " dscp " + hop + " " + ip + " dscp set " + (hop + 1) + next));
        }
        return rules.append(rule(ip + " dscp set " + frontend.firstHop() + next)).toString();
    }

    private String dispatch(int f) {
        return rule("iifname " + eth + " " + toVip(f) + " " + FROM_CLIENT + " goto dispatch" + f);
    }

    /** A router's word that a packet was too long is for the node that sent it, whichever that is. */
    private String everyone(int f) {
        KernelFrontend frontend = frontends.get(f);
        return frontend.others().stream()
                .map(seat -> rule(duplicate(frontend.seats().get(seat))))
                .collect(Collectors.joining());
    }

    private String again(int f) {
        String tooBig = ipv6
                ? "icmpv6 type packet-too-big"
                : "icmp type destination-unreachable icmp code frag-needed";
        String unknown = "iifname " + eth + " " + toVip(f) + " ct state new,invalid tcp flags & syn == 0 ";
        return (frontends.get(f).isProxied() ? rule(unknown + FROM_CLIENT + " " + unmark(f)) : "")
                + rule(unknown + "goto ring" + f)
                + rule("iifname " + eth + " " + ip + " daddr " + vips(f) + " " + tooBig + " " + FROM_CLIENT
                        + " goto everyone" + f);
    }

    private String serve(int f) {
        Seat own = frontends.get(f).ownSeat();
        return rule("iifname " + eth + " " + toVip(f) + " dnat to " + endpoint(own.address(), own.port()))
                + rule("iifname != " + eth + " " + toBackends(f));
    }

    private String local(int f) {
        return rule(toBackends(f));
    }

    private String toBackends(int f) {
        return toVip(f) + " dnat to numgen inc mod 128 map @backends" + f;
    }

    private String source(int f) {
        return rule("oifname " + eth + " ct direction original ct status dnat " + originallyToVip(f) + " snat to "
                + IpLiteral.text(frontends.get(f).ownSeat().address()));
    }

    private String refused(int f) {
        return rule("oifname " + eth + " ct direction reply " + originallyToVip(f)
                + " tcp flags & (syn | ack | rst | fin) == (rst | ack) tcp sequence 0 drop");
    }

    private String toVip(int f) {
        return ip + " daddr " + vips(f) + " tcp dport " + frontends.get(f).port();
    }

    private String originallyToVip(int f) {
        return "meta l4proto tcp ct original " + ip + " daddr " + vips(f) + " ct original proto-dst "
                + frontends.get(f).port();
    }

    private String vips(int f) {
        return anyOf(frontends.get(f).vips());
    }

    private static String copy(int f, int seat) {
        return "copy" + f + "to" + seat;
    }

    private interface Part {
        String of(int frontend);
    }

    private String each(Part part) {
        return IntStream.range(0, frontends.size()).mapToObj(part::of).collect(Collectors.joining());
    }

    private String dispatched(Part part) {
        return each(f -> frontends.get(f).isProxied() ? "" : part.of(f));
    }
}
