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
 *       answers with a reset.
 *   <li>{@code serve}: the address of the own backend takes the place of the VIP.
 * </ol>
 *
 * <p>{@code local} and {@code source} balance what this node and its pods send to the VIP, where they are. {@code
 * refused} keeps back the reset that answers a SYN: the client repeats the SYN after a second, and by then the map
 * knows that the backend is down.
 *
 * <p>{@code received} and {@code sent} count what the backends get and give, {@code opened} and {@code source} the new
 * connections: those of clients at the node that serves them, those of a node's own at that node.
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
    private final List<KernelFrontend> frontends;

    FamilyTable(ClusterView view, boolean ipv6) {
        this.view = view;
        this.ipv6 = ipv6;
        this.ip = ipv6 ? "ip6" : "ip";
        this.frontends = view.frontends(ipv6);
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
                        + dispatched(f -> flush("map", "owners" + f) + flush("map", "backends" + f)
                                + flush("chain", "dispatch" + f) + flush("chain", "serve" + f)
                                + flush("chain", "local" + f))
                        + each(f -> flush("chain", "ring" + f) + flush("chain", "everyone" + f))
                        + table(state());
    }

    String list() {
        return frontends.isEmpty() ? "" : "list table " + ip + " " + Ruleset.TABLE + "\n";
    }

    String listCounters() {
        return frontends.isEmpty() ? "" : "list counters table " + ip + " " + Ruleset.TABLE + "\n";
    }

    private String table(String content) {
        return NftSyntax.table(ip, Ruleset.TABLE, content);
    }

    private String flush(String kind, String name) {
        return NftSyntax.flush(kind, ip, Ruleset.TABLE, name);
    }

    /** What {@link #update} leaves as it is. */
    String structure() {
        return each(this::copies)
                + chain("last", rule("fib daddr type local accept") + rule("reject with tcp reset"))
                + hooked("again", "filter hook prerouting priority mangle + 5", each(this::again))
                + dispatched(this::counters)
                + dispatched(f -> chain("dispatch" + f, "") + chain("serve" + f, "") + chain("local" + f, ""))
                + hooked("dispatch", "filter hook prerouting priority raw - 10", dispatched(this::dispatch))
                + hooked("serve", "nat hook prerouting priority dstnat - 5", dispatched(f -> rule(toVip(f) + " jump serve" + f)))
                + hooked("local", "nat hook output priority -105", dispatched(f -> rule(toVip(f) + " jump local" + f)))
                + hooked("opened", "nat hook input priority 95", dispatched(this::opened))
                + hooked("source", "nat hook postrouting priority srcnat - 5", dispatched(this::source))
                + hooked("refused", "filter hook output priority mangle + 5", dispatched(this::refused))
                + hooked("received", "filter hook input priority filter", dispatched(this::received))
                + hooked("sent", "filter hook postrouting priority srcnat - 10", dispatched(this::sent));
    }

    /** A chain without rules would cost every packet of the host a call. */
    private static String hooked(String name, String hook, String rules) {
        return rules.isEmpty() ? "" : baseChain(name, hook, rules);
    }

    private String state() {
        return set("set peers", "type ether_addr", view.peers().stream().map(MacAddress::toString).toList())
                + dispatched(this::maps)
                + dispatched(f -> chain("dispatch" + f, hashed(f)) + chain("serve" + f, serve(f))
                        + chain("local" + f, local(f)))
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
                .mapToObj(seat -> chain(copy(f, seat), rule(duplicate(f, seat)) + rule("drop")))
                .collect(Collectors.joining());
    }

    private String duplicate(int f, int seat) {
        KernelFrontend frontend = frontends.get(f);
        return "dup to " + IpLiteral.text(frontend.seats().get(seat).address()) + " device " + eth(f);
    }

    private String hashed(int f) {
        String whoseIsIt = rule("jhash " + key(f) + " vmap @owners" + f) + rule("reject with tcp reset");
        return rule(unmark(f)) + (frontends.get(f).toProxy() ? "" : whoseIsIt);
    }

    private String key(int f) {
        KernelFrontend frontend = frontends.get(f);
        boolean bySource = frontend.dispatch() == KernelFrontend.Dispatch.BY_SOURCE;
        return (bySource ? ip + " saddr" : ip + " saddr . tcp sport") + " mod 128 seed " + seed(frontend);
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
            return rule("goto last");
        }
        String next = " goto " + copy(f, frontend.others().get(0));
        StringBuilder rules = new StringBuilder(rule(ip + " dscp " + KernelFrontend.LAST_HOP + " goto last"));
        for (int hop = frontend.firstHop(); hop < KernelFrontend.LAST_HOP; hop++) {
            rules.append(rule(ip + " dscp " + hop + " " + ip + " dscp set " + (hop + 1) + next));
        }
        return rules.append(rule(ip + " dscp set " + frontend.firstHop() + next)).toString();
    }

    private String dispatch(int f) {
        return rule(from(f) + toVip(f) + " " + FROM_CLIENT + " goto dispatch" + f);
    }

    /** A router's word that a packet was too long is for the node that sent it, whichever that is. */
    private String everyone(int f) {
        KernelFrontend frontend = frontends.get(f);
        return frontend.others().stream()
                .map(seat -> rule(duplicate(f, seat)))
                .collect(Collectors.joining());
    }

    private String again(int f) {
        String tooBig = ipv6
                ? "icmpv6 type packet-too-big"
                : "icmp type destination-unreachable icmp code frag-needed";
        String unknown = from(f) + toVip(f) + " ct state new,invalid tcp flags & syn == 0 ";
        return (frontends.get(f).isProxied() ? rule(unknown + FROM_CLIENT + " " + unmark(f)) : "")
                + rule(unknown + "goto ring" + f)
                + rule(from(f) + ip + " daddr " + vips(f) + " " + tooBig + " " + FROM_CLIENT
                        + " goto everyone" + f);
    }

    /** What the proxy serves for now is left to it; what peers have dispatched is not. */
    private String serve(int f) {
        Seat own = frontends.get(f).ownSeat();
        String toOwn = "meta l4proto tcp dnat to " + endpoint(own.address(), own.port());
        return frontends.get(f).toProxy()
                ? rule(from(f) + "ether saddr @peers " + toOwn)
                : rule(from(f) + toOwn) + rule("iifname != " + eth(f) + " " + toBackends(f));
    }

    /** Needs no rules on other nodes, so not the proxy either; without a backend the map is empty, and nothing happens. */
    private String local(int f) {
        return rule(toBackends(f));
    }

    private String toBackends(int f) {
        boolean bySource = frontends.get(f).dispatch() == KernelFrontend.Dispatch.BY_SOURCE;
        String slot = bySource ? "jhash " + key(f) : "numgen inc mod 128";
        return "meta l4proto tcp dnat to " + slot + " map @backends" + f;
    }

    private String source(int f) {
        return rule("oifname != \"lo\" ct direction original " + originallyToVip(f) + count(Counter.CONNECTIONS, f, "daddr"))
                + rule("oifname " + eth(f) + " ct direction original ct status dnat " + originallyToVip(f) + " snat to "
                        + IpLiteral.text(frontends.get(f).ownSeat().address()));
    }

    private String opened(int f) {
        return rule("ct direction original " + originallyToVip(f) + count(Counter.CONNECTIONS, f, "daddr"));
    }

    private String refused(int f) {
        return rule("oifname " + eth(f) + " ct direction reply " + originallyToVip(f)
                + " tcp flags & (syn | ack | rst | fin) == (rst | ack) tcp sequence 0 counter name "
                + Counter.REFUSED.of(f, frontends.get(f).own()) + " drop");
    }

    private String received(int f) {
        return rule("ct direction original " + originallyToVip(f) + count(Counter.BYTES_IN, f, "daddr"))
                + rule("iifname != \"lo\" ct direction reply " + originallyToVip(f) + count(Counter.BYTES_OUT, f, "saddr"));
    }

    private String sent(int f) {
        return rule("ct direction reply " + originallyToVip(f) + count(Counter.BYTES_OUT, f, "saddr"))
                + rule("oifname != \"lo\" ct direction original " + originallyToVip(f)
                        + count(Counter.BYTES_IN, f, "daddr"));
    }

    private String counters(int f) {
        List<Seat> seats = frontends.get(f).seats();
        StringBuilder declarations = new StringBuilder();
        for (Counter counter : Counter.values()) {
            List<String> elements = new ArrayList<>();
            for (int seat = 0; seat < seats.size(); seat++) {
                declarations.append(NftSyntax.counter(counter.of(f, seat)));
                elements.add(IpLiteral.text(seats.get(seat).address()) + " : \"" + counter.of(f, seat) + '"');
            }
            declarations.append(set("map " + counter.of(f), "type " + (ipv6 ? "ipv6_addr" : "ipv4_addr") + " : counter", elements));
        }
        return declarations.toString();
    }

    /** @param backend which address of the packet is that of the backend, {@code saddr} or {@code daddr} */
    private String count(Counter counter, int f, String backend) {
        return " counter name " + ip + " " + backend + " map @" + counter.of(f);
    }

    private String from(int f) {
        return "iifname " + eth(f) + " ";
    }

    private String eth(int f) {
        return '"' + frontends.get(f).interfaceName() + '"';
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
