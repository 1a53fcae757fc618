package io.jenkins.plugins.baton.agent.plane.kernel;

import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.chain;
import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.rule;
import static io.jenkins.plugins.baton.agent.plane.kernel.NftSyntax.set;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How the holder of the VIP chooses the node that serves a connection, and that node its backend.
 *
 * <p>A SYN that comes again within {@link #SYN_MEMORY} was not answered: it goes to the next node instead. So a backend
 * that refuses or is silent costs a client its first repetition, a second, whatever the checks know by then. What follows
 * in that connection finds it by the ring.
 */
final class DispatchRules {
    /** The type of a slot; with {@code jhash} in its place libnftables 1.0.6 crashes when it lists the map. */
    private static final String SLOT = "typeof numgen inc mod 128";

    private static final String VERDICT = "verdict";

    private static final String SYN = "tcp flags & (fin | syn | rst | ack) == syn ";

    /** Linux and Windows repeat a SYN after 1 s; what is older than 4 s repeated it after 3 s. */
    private static final String SYN_MEMORY = "4s";

    /** At more connects than this in {@link #SYN_MEMORY} some are not remembered, and go to the same node again. */
    private static final int MOST_SYNS = 16384;

    private final Packets packets;
    private final KernelFrontend frontend;
    private final int f;
    private final String ip;

    DispatchRules(Packets packets) {
        this.packets = packets;
        this.frontend = packets.frontend();
        this.f = packets.number();
        this.ip = packets.ip();
    }

    /** What does not depend on the state of the nodes. */
    String structure() {
        return counters() + tried() + chain(packets.named("opening"), opening())
                + chains().stream().map(name -> chain(name, "")).reduce("", String::concat);
    }

    /** What does. */
    String state() {
        List<List<Integer>> claimants = frontend.claimants();
        return map("owners", VERDICT, byClaim(claimants, 0), this::verdict)
                + map("seconds", VERDICT, byClaim(claimants, 1), this::verdict)
                + map("backends", ip + " daddr . tcp dport", byClaim(claimants, 0), this::backend)
                + chain(packets.named("dispatch"), hashed())
                + chain(packets.named("serve"), serve())
                + chain(packets.named("local"), local());
    }

    /** The chains of {@link #state}. */
    List<String> chains() {
        return List.of(packets.named("dispatch"), packets.named("serve"), packets.named("local"));
    }

    /** The maps of {@link #state}. */
    List<String> maps() {
        return List.of(packets.named("owners"), packets.named("seconds"), packets.named("backends"));
    }

    private String map(String name, String type, Map<Integer, Integer> seats, IntFunction<String> value) {
        List<String> elements = new ArrayList<>();
        seats.forEach((slot, seat) -> elements.add(slot + " : " + value.apply(seat)));
        return set("map " + packets.named(name), SLOT + " : " + type, elements);
    }

    /** The seat of each slot that has so many claimants and one more. */
    private static Map<Integer, Integer> byClaim(List<List<Integer>> claimants, int claim) {
        Map<Integer, Integer> seats = new LinkedHashMap<>();
        for (int slot = 0; slot < claimants.size(); slot++) {
            if (claimants.get(slot).size() > claim) {
                seats.put(slot, claimants.get(slot).get(claim));
            }
        }
        return seats;
    }

    private String verdict(int seat) {
        return seat == frontend.own() ? "accept" : "goto " + packets.copy(seat);
    }

    private String backend(int seat) {
        Seat backend = frontend.seats().get(seat);
        return IpLiteral.text(backend.address()) + " . " + backend.port();
    }

    /** The initial sequence number tells a SYN that is repeated from a new one with the same port. */
    private String syn() {
        return ip + " saddr . tcp sport . tcp sequence";
    }

    private String tried() {
        return set(
                "set " + packets.named(Ruleset.TRIED),
                "typeof " + syn() + "; size " + MOST_SYNS + "; flags dynamic, timeout; timeout " + SYN_MEMORY,
                List.of());
    }

    private String opening() {
        String tried = "@" + packets.named(Ruleset.TRIED);
        return rule(syn() + " " + tried + " " + slot() + " vmap @" + packets.named("seconds"))
                + rule("add " + tried + " { " + syn() + " }");
    }

    private String hashed() {
        String whoseIsIt = rule(SYN + "jump " + packets.named("opening"))
                + rule(slot() + " vmap @" + packets.named("owners"))
                + rule("reject with tcp reset");
        return rule(packets.unmark()) + (frontend.toProxy() ? "" : whoseIsIt);
    }

    private String slot() {
        return "jhash " + key() + " mod " + SlotMap.SLOTS + " seed " + seed();
    }

    private boolean isBySource() {
        return frontend.dispatch() == KernelFrontend.Dispatch.BY_SOURCE;
    }

    private String key() {
        return isBySource() ? ip + " saddr" : ip + " saddr . tcp sport";
    }

    /** The same on every node, another for every frontend, so that a client's connections to two fall differently. */
    private String seed() {
        return "0x" + Integer.toHexString(frontend.name().hashCode() | 1);
    }

    String dispatch() {
        return rule(packets.from() + packets.toVip() + " " + Packets.FROM_CLIENT + " goto " + packets.named("dispatch"));
    }

    String toServe() {
        return rule(packets.toVip() + " jump " + packets.named("serve"));
    }

    String toLocal() {
        return rule(packets.toVip() + " jump " + packets.named("local"));
    }

    /** What the proxy serves for now is left to it; what peers have dispatched is not. */
    private String serve() {
        Seat own = frontend.ownSeat();
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
        String slot = isBySource() ? slot() : "numgen inc mod " + SlotMap.SLOTS;
        return "meta l4proto tcp dnat to " + slot + " map @" + packets.named("backends");
    }

    String source() {
        return rule("oifname != \"lo\" ct direction original " + packets.originallyToVip()
                        + count(Counter.CONNECTIONS, "daddr"))
                + rule("oifname " + packets.eth() + " ct direction original ct status dnat " + packets.originallyToVip()
                        + " snat to " + IpLiteral.text(frontend.ownSeat().address()));
    }

    String opened() {
        return rule("ct direction original " + packets.originallyToVip() + count(Counter.CONNECTIONS, "daddr"));
    }

    String refused() {
        return rule("oifname " + packets.eth() + " ct direction reply " + packets.originallyToVip()
                + " tcp flags & (syn | ack | rst | fin) == (rst | ack) tcp sequence 0 counter name "
                + Counter.REFUSED.of(f, frontend.own()) + " drop");
    }

    String received() {
        return rule("ct direction original " + packets.originallyToVip() + count(Counter.BYTES_IN, "daddr"))
                + rule("iifname != \"lo\" ct direction reply " + packets.originallyToVip()
                        + count(Counter.BYTES_OUT, "saddr"));
    }

    String sent() {
        return rule("ct direction reply " + packets.originallyToVip() + count(Counter.BYTES_OUT, "saddr"))
                + rule("oifname != \"lo\" ct direction original " + packets.originallyToVip()
                        + count(Counter.BYTES_IN, "daddr"));
    }

    private String counters() {
        List<Seat> seats = frontend.seats();
        String address = ip.equals("ip6") ? "ipv6_addr" : "ipv4_addr";
        StringBuilder declarations = new StringBuilder();
        for (Counter counter : Counter.values()) {
            List<String> elements = new ArrayList<>();
            for (int seat = 0; seat < seats.size(); seat++) {
                declarations.append(NftSyntax.counter(counter.of(f, seat)));
                elements.add(IpLiteral.text(seats.get(seat).address()) + " : \"" + counter.of(f, seat) + '"');
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
