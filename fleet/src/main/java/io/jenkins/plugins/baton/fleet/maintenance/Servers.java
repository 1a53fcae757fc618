package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The servers that an operator means by one word, as the agents take it: {@code NAME} is the backend of that name in every
 * frontend, {@code FRONTEND/NAME} that of one. Pure.
 */
final class Servers {
    private final Cluster cluster;
    private final String word;

    Servers(Cluster cluster, String word) {
        this.cluster = cluster;
        this.word = word;
    }

    /** Names of the frontends that have such a backend, in the order of the file; empty when none has. */
    List<String> frontends() {
        return cluster.frontends().stream()
                .filter(frontend -> frontend.backends().stream().anyMatch(backend -> means(frontend, backend)))
                .map(Frontend::name)
                .toList();
    }

    private boolean means(Frontend frontend, Backend backend) {
        return means(frontend.name(), backend.name());
    }

    private boolean means(String frontend, String backend) {
        return word.equals(backend) || word.equals(frontend + "/" + backend);
    }

    /** @throws FleetException BAD_INPUT with what there is, when no frontend has such a backend */
    void require() throws FleetException {
        if (frontends().isEmpty()) {
            List<String> known = cluster.frontends().stream()
                    .flatMap(frontend -> frontend.backends().stream())
                    .map(Backend::name)
                    .distinct()
                    .toList();
            throw FleetException.badInput("no frontend has a backend " + word
                    + (known.isEmpty() ? "" : "; there are " + String.join(", ", known)));
        }
    }

    /** These servers as one node sees them. */
    Stream<BackendStatus> seenBy(NodeStatus status) {
        return status.frontends().stream()
                .flatMap(frontend ->
                        frontend.backends().stream().filter(backend -> means(frontend.name(), backend.name())));
    }

    /** Open sessions with them, by all nodes that answered. */
    long sessions(View view) {
        return view.nodes().values().stream()
                .flatMap(this::seenBy)
                .mapToLong(BackendStatus::sessions)
                .sum();
    }

    /** Where nothing would serve new connections without them, a sentence each. */
    List<String> objectionsToDrain(View view) {
        List<String> objections = new ArrayList<>();
        view.nodes()
                .forEach((node, status) -> status.frontends().stream()
                        .filter(frontend -> frontends().contains(frontend.name()))
                        .filter(frontend -> frontend.backends().stream()
                                .noneMatch(backend -> backend.isUp() && !means(frontend.name(), backend.name())))
                        .forEach(frontend -> objections.add(node + ": sees no other backend of " + frontend.name()
                                + " up, so that new connections would find no server without " + word
                                + "; enable or repair another one first")));
        return objections;
    }
}
