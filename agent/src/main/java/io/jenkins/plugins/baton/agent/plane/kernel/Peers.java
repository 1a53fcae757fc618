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
     * @param capabilities what its agent said last; without a word when it is not heard, and may have started anew
     * @param remembered its last capabilities that had a word
     */
    record Peer(boolean present, PeerCapabilities capabilities, PeerCapabilities remembered) {}

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

    /** @return whether that is news */
    boolean learn(String node, boolean present, PeerCapabilities capabilities) {
        PeerCapabilities remembered =
                capabilities.isEmpty() ? of(node).map(Peer::remembered).orElse(capabilities) : capabilities;
        Peer peer = new Peer(present, capabilities, remembered);
        return !peer.equals(known.put(node, peer));
    }

    /** Forgets all but these nodes. */
    void retain(Set<String> nodes) {
        known.keySet().retainAll(nodes);
    }

    /** Empty: nothing was heard of it yet. */
    Optional<Peer> of(String node) {
        return Optional.ofNullable(known.get(node));
    }

    /** Those of the nodes whose hosts are there. */
    Set<String> present() {
        return names(Peer::present);
    }

    /** Those of the nodes whose hosts are not there. */
    Set<String> gone() {
        return names(peer -> !peer.present());
    }

    /** Those of the nodes whose hosts are there, and whose agents have not spoken since. */
    Set<String> unheard() {
        return names(peer -> peer.present() && peer.capabilities().isEmpty());
    }

    /** Those of the nodes that have rules, as far as is known. */
    Set<String> withRules() {
        return names(peer -> peer.present() && !peer.capabilities().isEmpty());
    }

    private Set<String> names(Predicate<Peer> wanted) {
        return known.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
