package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Trailer;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import io.jenkins.plugins.baton.jmx.State;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Node m2, priority 100, between m1 (110) and m3 (90), at 100 ms; a test tells it what happens and looks at it. */
final class Node {
    static final long MS = 1_000_000;
    static final Peer M1 = new Peer("m1", address(30), 110);
    static final Peer M3 = new Peer("m3", address(32), 90);
    static final Settings SETTINGS =
            new Settings("m2", address(31), 3, 100, 100 * MS, true, 0, 60_000 * MS, List.of(M1, M3));

    /** RFC 9568: three intervals, the skew of priority 100, and this project's sixteenth for the living senior. */
    static final long MASTER_DOWN = 300 * MS + 156 * 100 * MS / 256;

    private static final int MAX_AT_ONCE = 10;

    private final List<Action> actions = new ArrayList<>();
    private Router router;
    private long now = 1_000_000 * MS;

    private Node(Settings settings) {
        router = Router.initial(settings, now);
    }

    static Node started(UnaryOperator<Settings> change) {
        Node node = new Node(change.apply(SETTINGS));
        node.happens(new Event.Started(Optional.empty(), false));
        return node;
    }

    static Node backupOf(Peer master) {
        return backupOf(master, UnaryOperator.identity());
    }

    static Node backupOf(Peer master, UnaryOperator<Settings> change) {
        Node node = started(change);
        node.hears(master);
        node.actions.clear();
        return node;
    }

    static Node master() {
        return master(UnaryOperator.identity());
    }

    /** MASTER for six seconds: all rounds of the takeover are over. */
    static Node master(UnaryOperator<Settings> change) {
        Node node = started(change);
        node.passes(8_000 * MS);
        node.actions.clear();
        return node;
    }

    Node happens(Event event) {
        Step step = StateMachine.step(router, event, now);
        router = step.router();
        actions.addAll(step.actions());
        return this;
    }

    Node hears(Peer sender) {
        return hears(sender, sender.priority());
    }

    Node hears(Peer sender, int priority) {
        return hears(sender, priority, 100 * MS);
    }

    Node hears(Peer sender, int priority, long interval) {
        return happens(advert(sender, priority, interval));
    }

    static Event advert(Peer sender, int priority) {
        return advert(sender, priority, 100 * MS);
    }

    private static Event advert(Peer sender, int priority, long interval) {
        Advertisement advert =
                new Advertisement(3, Type.ADVERTISEMENT, 51, priority, interval, List.of(address(36)), Trailer.NONE);
        return new Event.Heard(sender, advert);
    }

    /** Time goes by in silence, with a punctual clock. A router that is due again and again at one moment never sleeps. */
    Node passes(long nanos) {
        long end = now + nanos;
        int atOnce = 0;
        while (router.deadline() <= end) {
            atOnce = router.deadline() > now ? 0 : atOnce + 1;
            if (atOnce > MAX_AT_ONCE) {
                throw new AssertionError("busy without an end: " + router);
            }
            now = Math.max(now, router.deadline());
            happens(new Event.Tick());
        }
        now = end;
        return this;
    }

    /** The process sleeps; nothing is done until it is told of something. */
    Node isAsleepFor(long nanos) {
        now += nanos;
        return this;
    }

    Node forget() {
        actions.clear();
        return this;
    }

    State state() {
        return router.state();
    }

    Router router() {
        return router;
    }

    List<Action> actions() {
        return actions;
    }

    static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 86, 13, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError("4 octets are an address", e);
        }
    }
}
