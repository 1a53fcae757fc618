package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.PacketVerifier;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.Statement;
import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;
import io.jenkins.plugins.baton.jmx.State;
import java.util.List;
import java.util.Optional;

/**
 * Compares the packets in peers' names with what their agents say over the peer links: the election hears those that are
 * confirmed, or that nobody can confirm. On the real-time thread.
 */
final class PeerWitness {
    private final RouterContext context;
    private final Counters counters;
    private final ConflictReporter conflicts;
    private final Election election;

    private String router;
    private PacketVerifier verifier;
    private List<String> unheardMasters = List.of();

    PeerWitness(RouterContext context, Counters counters, ConflictReporter conflicts, Election election) {
        this.context = context;
        this.counters = counters;
        this.conflicts = conflicts;
        this.election = election;
    }

    void configure(String name, Settings settings, boolean secret) {
        router = name;
        verifier = verifier == null ? new PacketVerifier(settings, secret) : verifier.under(settings, secret);
    }

    /** Nodes that are MASTER by what their agents say, while their adverts do not come. */
    List<String> unheardMasters() {
        return unheardMasters;
    }

    long deadline() {
        return verifier.deadline(election.isMaster());
    }

    void tick(long now) {
        if (now >= deadline()) {
            follow(verifier.unanswered(now));
            verifier.questions(election.isMaster(), now).forEach(context.statements()::ask);
        }
    }

    /** A peer's agent says of this router what it does; empty: it has none of this name. */
    void stated(Peer sender, Optional<Statement> statement, boolean answer) {
        long now = context.clock().nanoTimeAwake();
        follow(
                statement.isPresent()
                        ? verifier.stated(sender, statement.get(), answer, now)
                        : verifier.lost(sender.name()));
        tellOfUnheardMasters();
    }

    /** Nothing is heard of a peer's agent any more. */
    void unconnected(String node) {
        follow(verifier.lost(node));
        tellOfUnheardMasters();
    }

    /** Whether the agent of the node in whose name the packet came says the same. */
    boolean confirms(Event packet) {
        return verifier.confirms(sender(packet), packet);
    }

    /** Compares a packet in a peer's name with what its agent says. */
    void judge(Event packet) {
        Peer sender = sender(packet);
        long now = context.clock().nanoTimeAwake();
        switch (verifier.judge(sender, packet, now)) {
            case TRUSTED -> {
                if (packet instanceof Event.Heard heard) {
                    context.hosts().heard(sender.name(), now, heard.advert().intervalNanos() * 3 / 2);
                    counters.advertsReceived++;
                    counters.lastAdvertAt = Optional.of(context.clock().instant());
                    tellOfUnheardMasters();
                }
                admit(packet);
            }
            case CONTRADICTED -> forged(sender);
            case PENDING -> {
                context.hosts().askIfGone(sender.name(), now);
                if (election.isHarmless(packet)) {
                    election.handle(packet);
                }
            }
        }
    }

    static Peer sender(Event packet) {
        if (packet instanceof Event.Heard heard) {
            return heard.sender();
        } else if (packet instanceof Event.TakeoverOrdered ordered) {
            return ordered.sender();
        } else if (packet instanceof Event.TakeoverRequested requested) {
            return requested.sender();
        } else {
            throw new IllegalArgumentException("not a packet: " + packet);
        }
    }

    private void follow(PacketVerifier.Outcome outcome) {
        outcome.contradicted().forEach(packet -> forged(sender(packet)));
        outcome.stale()
                .forEach(
                        packet -> counters.drop(DropReason.STALE, sender(packet).address()));
        outcome.believed().forEach(this::admit);
    }

    private void forged(Peer name) {
        counters.drop(DropReason.CONTRADICTED, name.address());
        conflicts.report(Conflict.Kind.FORGERY, name.address(), Optional.empty(), List.of());
    }

    private void admit(Event packet) {
        boolean master = election.isMaster();
        election.handle(packet);
        if (packet instanceof Event.TakeoverOrdered && !master && !election.isMaster()) {
            counters.drop(DropReason.TAKEOVER_ORDER_REFUSED, sender(packet).address());
        }
    }

    private void tellOfUnheardMasters() {
        List<String> before = unheardMasters;
        unheardMasters = verifier.unheardMasters();
        if (unheardMasters == before || unheardMasters.equals(before)) {
            return;
        }
        State state = election.state();
        tell(unheardMasters, before, true, state);
        tell(before, unheardMasters, false, state);
    }

    private void tell(List<String> nodes, List<String> others, boolean unheard, State state) {
        String name = router;
        nodes.stream()
                .filter(node -> !others.contains(node))
                .forEach(node ->
                        context.outbox().post(() -> context.listener().unheardMaster(name, node, unheard, state)));
    }
}
