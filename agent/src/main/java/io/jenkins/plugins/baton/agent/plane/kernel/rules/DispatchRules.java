package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.chain;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.rule;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.set;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the holder of the VIP chooses the node that serves a connection, and that node its backend.
 *
 * <p>A SYN that comes to that node again within {@link #SYN_MEMORY}, and that connection tracking still takes for new, was
 * not answered: it goes to the next node that claims its slot instead. So a backend that refuses or is silent costs a
 * client its first repetition, a second, whatever the checks know by then. What follows in that connection finds it by the
 * ring.
 */
final class DispatchRules {
    private static final String SYN = "tcp flags & (fin | syn | rst | ack) == syn ";

    private static final String NOT_RESET = "tcp flags & rst == 0";

    /** Linux and Windows repeat a SYN after 1 s; what is older than 4 s repeated it after 3 s. */
    private static final String SYN_MEMORY = "4s";

    /** At more connects than this in {@link #SYN_MEMORY} some are not remembered, and go to the same node again. */
    private static final int MAX_SYNS = 2048;

    /** No other rule of the chain can match it: every packet of every connection passes these. */
    private static final String DONE = " accept";

    private final Packets packets;
    private final KernelFrontend frontend;
    private final int f;
    private final String ip;
    private final Certainty certainty;

    DispatchRules(Packets packets, Certainty certainty) {
        this.packets = packets;
        this.frontend = packets.frontend();
        this.f = packets.number();
        this.ip = packets.ip();
        this.certainty = certainty;
    }

    /** What does not depend on the state of the nodes. */
    String structure() {
        return counters()
                + tried()
                + chain(packets.named("opening"), opening())
                + RuleTable.each(chains(), name -> chain(name, ""));
    }

    /** What does. */
    String state() {
        Slots slots = new Slots(packets);
        return slots.map(
                        "slots",
                        "verdict",
                        claimants -> claimants.stream().findFirst().map(this::verdict))
                + slots.map(
                        "instead",
                        "verdict",
                        claimants -> claimants.stream()
                                .filter(member -> member != frontend.own())
                                .findFirst()
                                .map(this::verdict))
                + slots.map(
                        "backends",
                        ip + " daddr . tcp dport",
                        claimants -> claimants.stream().findFirst().map(this::backend))
                + chain(packets.named("dispatch"), hashed())
                + chain(packets.named("serve"), serve())
                + chain(packets.named("local"), local())
                + chain(packets.named("refusal"), refusal());
    }

    private String verdict(int member) {
        return member == frontend.own() ? "accept" : "goto " + packets.copy(member);
    }

    private String backend(int member) {
        RingMember backend = frontend.members().get(member);
        return IpLiteral.text(backend.address()) + " . " + backend.port();
    }

    /** The chains of {@link #state}. */
    List<String> chains() {
        return List.of(
                packets.named("dispatch"), packets.named("serve"), packets.named("local"), packets.named("refusal"));
    }

    /** The maps of {@link #state}. */
    List<String> maps() {
        return List.of(packets.named("slots"), packets.named("instead"), packets.named("backends"));
    }

    /** The initial sequence number tells a SYN that is repeated from a new one with the same port. */
    private String syn() {
        return ip + " saddr . tcp sport . tcp sequence";
    }

    private String tried() {
        return set(
                "set " + packets.named(Ruleset.TRIED),
                "typeof " + syn() + "; size " + MAX_SYNS + "; flags dynamic, timeout; timeout " + SYN_MEMORY,
                List.of());
    }

    /**
     * After connection tracking: a SYN that another node has sent on stays; the answers of other nodes' backends to this node and its
     * pods must be in order as in {@link #answers}, or their own host would be reset.
     */
    String again() {
        String others = IntStream.range(0, frontend.members().size())
                .filter(member -> member != frontend.own())
                .mapToObj(this::backend)
                .collect(Collectors.joining(", "));
        String strays = others.isEmpty()
                ? ""
                : rule(packets.from() + "ct state invalid " + ip + " saddr . tcp sport { " + others + " } " + NOT_RESET
                        + " drop");
        return strays + repeatedSyn();
    }

    private String repeatedSyn() {
        return rule(packets.from() + packets.toVip() + " ct state new " + SYN + ip + " dscp < "
                + KernelFrontend.LAST_HOP + " jump " + packets.named("opening"));
    }

    private String opening() {
        String tried = "@" + packets.named(Ruleset.TRIED);
        return rule(syn() + " " + tried + " " + ip + " dscp set " + KernelFrontend.LAST_HOP + " " + Slots.hash(packets)
                        + " vmap @" + packets.named("instead"))
                + rule("add " + tried + " { " + syn() + " }");
    }

    /**
     * The map has every slot, but not for a packet that is here at the moment when other rules take the place of these: it
     * still sees these, and no element of their sets any more. It goes on, and what this node does not know round the ring.
     */
    private String hashed() {
        String whoseIsIt = rule(Slots.hash(packets) + " vmap @" + packets.named("slots"));
        return packets.prepared(certainty) + (frontend.toProxy() ? "" : whoseIsIt);
    }

    String dispatch() {
        return rule(
                packets.from() + packets.toVip() + " " + Packets.FROM_CLIENT + " goto " + packets.named("dispatch"));
    }

    String toServe() {
        return rule(packets.toVip() + " jump " + packets.named("serve"));
    }

    String toLocal() {
        return rule(packets.toVip() + " jump " + packets.named("local"));
    }

    /** What the proxy serves for now is left to it; what peers have dispatched is not. */
    private String serve() {
        RingMember own = frontend.ownMember();
        String toOwn = "meta l4proto tcp dnat to " + NftSyntax.endpoint(own.address(), own.port());
        return frontend.toProxy()
                ? rule(packets.from() + "ether saddr @peers " + toOwn)
                : rule(packets.from() + toOwn) + rule("iifname != " + packets.eth() + " " + toBackends());
    }

    /** Needs no rules on other nodes, so not the proxy either; without a backend the map is empty, and nothing happens. */
    private String local() {
        return rule(toBackends());
    }

    private String toBackends() {
        boolean bySource = frontend.dispatch() == KernelFrontend.Dispatch.BY_SOURCE;
        String slot = bySource ? Slots.hash(packets) : "numgen inc mod " + SlotMap.SLOTS;
        return "meta l4proto tcp dnat to " + slot + " map @" + packets.named("backends");
    }

    String source() {
        return rule("oifname != \"lo\" ct direction original " + packets.originallyToVip()
                        + count(Counter.CONNECTIONS, "daddr"))
                + rule("oifname " + packets.eth() + " ct direction original ct status dnat " + packets.originallyToVip()
                        + " snat to " + IpLiteral.text(frontend.ownMember().address()));
    }

    String opened() {
        return rule("ct direction original " + packets.originallyToVip() + count(Counter.CONNECTIONS, "daddr"));
    }

    /**
     * The backend's answers. What connection tracking finds out of order (INVALID) would leave with the backend's address in place of
     * the VIP, for such packets are not translated. The client knows no such connection and would answer with a reset, which the
     * backend's host takes for the end of the real one. It is dropped, and TCP repeats it.
     */
    String answers() {
        RingMember own = frontend.ownMember();
        return rule(ip + " saddr " + IpLiteral.text(own.address()) + " tcp sport " + own.port() + " oifname "
                        + packets.eth() + " ct state invalid " + NOT_RESET + " drop")
                + refused();
    }

    private String refused() {
        return rule("tcp flags & (fin | syn | rst | ack) == (rst | ack) tcp sequence 0 oifname " + packets.eth()
                + " ct direction reply " + packets.originallyToVip() + " jump " + packets.named("refusal"));
    }

    /** The client repeats its SYN, and finds another backend; where there is none, it is to know at once. */
    private String refusal() {
        return rule("counter name " + Counter.REFUSED.of(f, frontend.own()) + (frontend.lastResort() ? "" : " drop"));
    }

    String received() {
        return rule("ct direction original " + packets.originallyToVip() + count(Counter.BYTES_IN, "daddr") + DONE)
                + rule("iifname != \"lo\" ct direction reply " + packets.originallyToVip()
                        + count(Counter.BYTES_OUT, "saddr") + DONE);
    }

    String sent() {
        return rule("ct direction reply " + packets.originallyToVip() + count(Counter.BYTES_OUT, "saddr") + DONE)
                + rule("oifname != \"lo\" ct direction original " + packets.originallyToVip()
                        + count(Counter.BYTES_IN, "daddr") + DONE);
    }

    private String counters() {
        List<RingMember> members = frontend.members();
        String address = ip.equals("ip6") ? "ipv6_addr" : "ipv4_addr";
        StringBuilder declarations = new StringBuilder();
        for (Counter counter : Counter.values()) {
            List<String> elements = new ArrayList<>();
            for (int member = 0; member < members.size(); member++) {
                declarations.append(NftSyntax.counter(counter.of(f, member)));
                elements.add(IpLiteral.text(members.get(member).address()) + " : \"" + counter.of(f, member) + '"');
            }
            declarations.append(set("map " + counter.of(f), "type " + address + " : counter", elements));
        }
        return declarations.toString();
    }

    /** @param backend which address of the packet is that of the backend, {@code saddr} or {@code daddr} */
    private String count(Counter counter, String backend) {
        return " counter name " + ip + " " + backend + " map @" + counter.of(f);
    }
}
