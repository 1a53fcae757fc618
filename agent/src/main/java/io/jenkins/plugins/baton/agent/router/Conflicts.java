package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.vrrp.Advertisement;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The strangers that use a router's VRID, each until it has been silent for a while. Bounded: anybody can send. */
final class Conflicts {
    private static final int MOST = 32;
    private static final Duration MEMORY = Duration.ofMinutes(5);

    private record Sighting(Conflict conflict, Instant last) {}

    private final Map<InetAddress, Sighting> sightings = new LinkedHashMap<>();

    /** Returns the conflict when this sender was not known. */
    Optional<Conflict> add(InetAddress source, Advertisement advert, Instant now) {
        forget(now);
        Sighting known = sightings.get(source);
        if (known == null && sightings.size() == MOST) {
            return Optional.empty();
        }
        Conflict conflict = new Conflict(
                source,
                advert.virtualRouterId(),
                advert.addresses(),
                known == null ? now : known.conflict.since(),
                known == null ? 1 : known.conflict.count() + 1);
        sightings.put(source, new Sighting(conflict, now));
        return known == null ? Optional.of(conflict) : Optional.empty();
    }

    List<Conflict> list(Instant now) {
        forget(now);
        return sightings.values().stream().map(Sighting::conflict).toList();
    }

    private void forget(Instant now) {
        if (!sightings.isEmpty()) {
            sightings.values().removeIf(s -> s.last.plus(MEMORY).isBefore(now));
        }
    }
}
