package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.BackendKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.Backends;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.FrontendKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.ListedBackend;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Key;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What must hold between a frontend and its backends. */
final class BackendRules {
    private final Draft draft;
    private final Problems problems;

    private BackendRules(Draft draft, Problems problems) {
        this.draft = draft;
        this.problems = problems;
    }

    static void check(Draft draft, Problems problems) {
        BackendRules rules = new BackendRules(draft, problems);
        for (Entry frontend : draft.frontends()) {
            List<Located<Backend>> backends = draft.backends(frontend);
            rules.listed(frontend);
            rules.uniqueness(frontend, backends);
            rules.weights(frontend, backends);
            rules.loops(frontend, backends);
            if (frontend.get(FrontendKeys.PLANE)
                    .filter(Frontend.Plane.KERNEL::equals)
                    .isPresent()) {
                rules.kernelPlane(frontend, backends);
            }
        }
    }

    private void listed(Entry frontend) {
        if (!(frontend.get(FrontendKeys.BACKENDS).orElse(null) instanceof Backends.Listed list)) {
            return;
        }
        for (ListedBackend item : list.items().values()) {
            if (item instanceof ListedBackend.Full full && full.entry().gives(BackendKeys.PORT)) {
                full.entry()
                        .get(BackendKeys.ADDRESS)
                        .filter(address -> address.port().isPresent())
                        .ifPresent(address -> problems.add(
                                full.entry().at(BackendKeys.PORT),
                                "port: the address has a port already, "
                                        + address.port().getAsInt() + "; remove one of them"));
            }
        }
    }

    private void uniqueness(Entry frontend, List<Located<Backend>> backends) {
        if (!(frontend.get(FrontendKeys.BACKENDS).orElse(null) instanceof Backends.Listed)) {
            return; // one per node: the nodes are unique, or that has been said
        }
        List<Located<Endpoint>> endpoints = backends.stream()
                .map(b -> new Located<>(b.mark(), b.value().endpoint()))
                .toList();
        Duplicates.refuse("backends", endpoints, "a server stands in the list once; remove it here", problems);
        List<Located<String>> names = backends.stream()
                .filter(b -> endpoints.stream()
                                .filter(e -> e.value().equals(b.value().endpoint()))
                                .count()
                        == 1)
                .map(b -> new Located<>(b.mark(), b.value().name()))
                .toList();
        Duplicates.refuse("backends", names, "give each backend a name of its own", problems);
    }

    private void weights(Entry frontend, List<Located<Backend>> backends) {
        boolean allZero =
                !backends.isEmpty() && backends.stream().allMatch(b -> b.value().weight() == 0);
        if (allZero) {
            problems.add(
                    frontend.at(FrontendKeys.BACKENDS),
                    "backends: every weight is 0, so no connection would go anywhere; give at least one a weight");
        }
    }

    private void loops(Entry frontend, List<Located<Backend>> backends) {
        frontend.get(FrontendKeys.BIND)
                .ifPresent(bind -> backends.stream()
                        .filter(backend -> reaches(bind, backend.value().endpoint()))
                        .findFirst()
                        .ifPresent(backend -> problems.add(
                                backend.mark(),
                                "backends: " + backend.value().endpoint() + " is the frontend itself (bind " + bind
                                        + "), so connections would go round in circles; bind to another port")));
        draft.frontends().stream()
                .filter(other -> other != frontend)
                .forEach(other -> other.get(FrontendKeys.BIND)
                        .ifPresent(bind -> backends.stream()
                                .filter(backend -> reaches(bind, backend.value().endpoint()))
                                .findFirst()
                                .ifPresent(backend -> problems.add(
                                        backend.mark(),
                                        "backends: " + backend.value().endpoint() + " is another frontend, in line "
                                                + other.mark().line() + "; name the servers themselves"))));
    }

    /** Whether what is sent to {@code target} on or between the nodes ends at a frontend bound to {@code bind}. */
    private boolean reaches(Endpoint bind, Endpoint target) {
        InetAddress address = target.address();
        boolean ours = address.isLoopbackAddress()
                || draft.isVirtual(address)
                || draft.nodeWith(address).isPresent();
        return FrontendRules.listensOn(bind, target) && (ours || address.equals(bind.address()));
    }

    /** KERNEL is direct return by nftables: it sees packets, not connections, and answers come from the nodes. */
    private void kernelPlane(Entry frontend, List<Located<Backend>> backends) {
        refuseOnKernel(
                frontend,
                FrontendKeys.BALANCE,
                frontend.get(FrontendKeys.BALANCE).filter(Frontend.Balance.LEASTCONN::equals),
                "leastconn counts connections");
        refuseOnKernel(
                frontend,
                FrontendKeys.PROXY_PROTOCOL,
                frontend.get(FrontendKeys.PROXY_PROTOCOL).filter(version -> !version.equals("none")),
                "a PROXY header goes into the stream");
        for (Located<Backend> backend : backends) {
            if (backend.value().maxConnections() > 0) {
                problems.add(
                        backend.mark(),
                        "maxConnections: the kernel plane does not count connections; remove it, or set plane: proxy");
            }
            if (draft.nodeWith(backend.value().endpoint().address()).isEmpty() && draft.knowsAllAddresses()) {
                problems.add(
                        backend.mark(),
                        "backends: " + backend.value().endpoint()
                                + " is not on a node of this file, and the kernel plane"
                                + " needs an agent there; set plane: proxy or auto");
            }
        }
    }

    private void refuseOnKernel(Entry frontend, Key<?> key, Optional<?> impossible, String why) {
        impossible.ifPresent(value -> problems.add(
                frontend.at(key),
                key.name() + ": " + why + ", which the kernel plane cannot do; set plane: proxy or auto"));
    }
}
