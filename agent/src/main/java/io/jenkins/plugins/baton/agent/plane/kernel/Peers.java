package io.jenkins.plugins.baton.agent.plane.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is known of the other nodes. Safe for any thread. */
final class Peers {
    private final Map<String, Peer> known;

    /**
     * @param present whether its host is there
     * @param offer what its agent said last
     */
    record Peer(boolean present, Offer offer) {}

    Peers() {
        this(Map.of());
    }

    private Peers(Map<String, Peer> known) {
        this.known = new ConcurrentHashMap<>(known);
    }

    /** What is known now, for who asks more than once and must not hear different answers. */
    Peers now() {
        return new Peers(known);
    }

    /**
     * @param offer one without a word means that its agent is not heard: it may have started anew, but the connections
     *     that it had may be there still, so it stays in the ring
     * @return whether that is news
     */
    boolean learn(String node, boolean present, Offer offer) {
        Offer before = of(node).map(Peer::offer).orElse(offer);
        Peer peer = new Peer(present, offer.text().isEmpty() ? before.withoutService() : offer);
        return !peer.equals(known.put(node, peer));
    }

    /** Empty: nothing was heard of it yet. */
    Optional<Peer> of(String node) {
        return Optional.ofNullable(known.get(node));
    }

    /** Those of the nodes whose hosts are there. */
    Set<String> present() {
        return names(Peer::present);
    }

    /** Those of the nodes that have rules, as far as is known. */
    Set<String> withRules() {
        return names(peer -> peer.present() && !peer.offer().text().isEmpty());
    }

    private Set<String> names(Predicate<Peer> wanted) {
        return known.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
