package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who uses what is a router's, each until it has been silent for a while. Bounded: anybody can send. */
final class Conflicts {
    private static final int MAX_SIGHTINGS = 32;
    private static final Duration SIGHTING_LIFETIME = Duration.ofMinutes(5);

    private record Key(Conflict.Kind kind, InetAddress source) {}

    private record Sighting(Conflict conflict, Instant last) {}

    private final Map<Key, Sighting> sightings = new LinkedHashMap<>();

    /** Returns the conflict when this sender was not known to do this. */
    Optional<Conflict> add(
            Conflict.Kind kind,
            InetAddress source,
            Optional<MacAddress> mac,
            int virtualRouterId,
            List<InetAddress> addresses,
            Instant now) {
        forget(now);
        Key key = new Key(kind, source);
        Sighting known = sightings.get(key);
        if (known == null && sightings.size() == MAX_SIGHTINGS) {
            return Optional.empty();
        }
        Conflict conflict = new Conflict(
                kind,
                source,
                mac.or(() -> Optional.ofNullable(known).flatMap(k -> k.conflict.mac())),
                virtualRouterId,
                addresses,
                known == null ? now : known.conflict.since(),
                known == null ? 1 : known.conflict.count() + 1);
        sightings.put(key, new Sighting(conflict, now));
        return known == null ? Optional.of(conflict) : Optional.empty();
    }

    boolean isEmpty() {
        return sightings.isEmpty();
    }

    List<Conflict> list(Instant now) {
        forget(now);
        return sightings.values().stream().map(Sighting::conflict).toList();
    }

    private void forget(Instant now) {
        if (!sightings.isEmpty()) {
            sightings.values().removeIf(s -> s.last.plus(SIGHTING_LIFETIME).isBefore(now));
        }
    }
}
