package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.fleet.Times;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.CheckStatus;
import io.jenkins.plugins.baton.jmx.status.FrontendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the agents said at one moment, as tables. */
final class LookTables {
    private final Look look;
    /** Of a node's MBeans, by the node's name. */
    private final Map<String, String> paths;

    LookTables(Look look, Map<String, String> paths) {
        this.look = look;
        this.paths = paths;
    }

    /** Those that have rows; the first says most. */
    List<ShownTable> all() {
        List<ShownTable> tables =
                new ArrayList<>(List.of(nodes(), backends(), conflicts(), agents(), planes(), checks()));
        tables.removeIf(ShownTable::isEmpty);
        return tables;
    }

    private ShownTable nodes() {
        boolean several = look.nodes().values().stream()
                .anyMatch(status -> status.virtualRouters().size() > 1);
        List<String> headers = new ArrayList<>(List.of(Messages.LookTables_node()));
        if (several) {
            headers.add(Messages.LookTables_router());
        }
        headers.addAll(List.of(
                Messages.LookTables_state(),
                Messages.LookTables_priority(),
                Messages.LookTables_holder(),
                Messages.LookTables_since(),
                Messages.LookTables_why(),
                Messages.LookTables_release(),
                Messages.LookTables_file(),
                Messages.LookTables_age()));
        ShownTable table = new ShownTable(Messages.LookTables_nodes(), headers);
        for (String name : look.names()) {
            NodeStatus status = look.nodes().get(name);
            List<RouterStatus> routers =
                    status == null || status.virtualRouters().isEmpty()
                            ? Collections.singletonList(null)
                            : status.virtualRouters();
            routers.forEach(router -> table.row(node(name, status, router, several)));
        }
        return table;
    }

    private List<Cell> node(String name, NodeStatus status, RouterStatus router, boolean several) {
        List<Cell> row = new ArrayList<>();
        row.add(status == null ? Cell.of(name) : name(name));
        if (several) {
            row.add(Cell.of(router == null ? "" : router.name()));
        }
        if (router == null) {
            row.add(Cell.styled(Messages.LookTables_noAnswer(), "state state-none"));
            row.addAll(List.of(Cell.of(""), Cell.of(""), Cell.of("")));
            row.add(Cell.styled(look.unanswered().getOrDefault(name, ""), "why"));
        } else {
            row.add(Cell.styled(
                    router.suspended() ? router.state() + " (" + Messages.LookTables_suspended() + ")" : router.state(),
                    "state state-" + router.state()));
            row.add(priority(router));
            row.add(Cell.styled(router.holder(), Objects.equals(router.holder(), look.holder()) ? "" : "odd"));
            row.add(Cell.styled(ReaderTimes.brief(router.stateSince(), look.at()), "brief"));
            row.add(Cell.styled(router.stateReason(), "why"));
        }
        row.add(Cell.of(status == null ? "" : status.version()));
        row.add(status == null ? Cell.of("") : hash(status.configHash()));
        row.add(Cell.styled(status == null ? "" : ReaderTimes.age(look.at()), "brief"));
        return row;
    }

    private Cell name(String name) {
        return Cell.of(name).linked(paths.getOrDefault(name, ""));
    }

    private static Cell priority(RouterStatus router) {
        return router.priority() == router.effectivePriority()
                ? Cell.styled(router.priority(), "number")
                : Cell.styled(Messages.LookTables_lowered(router.effectivePriority(), router.priority()), "number odd");
    }

    private Cell hash(String hash) {
        boolean same = look.nodes().values().stream()
                .map(NodeStatus::configHash)
                .allMatch(other -> Objects.equals(other, hash));
        String brief = hash == null ? "" : hash.substring(0, Math.min(12, hash.length()));
        return Cell.styled(brief, same ? "code" : "code odd");
    }

    /** A row for each backend, a column for each node: that they see the same is seen at once. */
    private ShownTable backends() {
        List<String> headers = new ArrayList<>(List.of(Messages.LookTables_backend()));
        List<String> names =
                look.names().stream().filter(look.nodes()::containsKey).toList();
        names.forEach(name -> headers.add(Messages.LookTables_seenBy(name)));
        ShownTable table = new ShownTable(Messages.LookTables_backends(), headers);
        Map<String, Map<String, BackendStatus>> rows = new LinkedHashMap<>();
        for (String name : names) {
            for (FrontendStatus frontend : look.nodes().get(name).frontends()) {
                for (BackendStatus backend : frontend.backends()) {
                    rows.computeIfAbsent(
                                    frontend.name() + " / " + backend.name() + " (" + backend.address() + ")",
                                    key -> new LinkedHashMap<>())
                            .put(name, backend);
                }
            }
        }
        rows.forEach((title, seen) -> {
            List<Cell> row = new ArrayList<>(List.of(Cell.of(title)));
            names.forEach(name -> row.add(health(seen.get(name))));
            table.row(row);
        });
        return table;
    }

    private Cell health(BackendStatus backend) {
        if (backend == null) {
            return Cell.of("");
        }
        StringBuilder text = new StringBuilder(String.valueOf(backend.health()));
        if (backend.lastCheckResult() != null && !backend.lastCheckResult().isEmpty()) {
            text.append(": ").append(backend.lastCheckResult());
        }
        if (backend.lastCheckAt() != null && !backend.lastCheckAt().isEmpty()) {
            text.append(", ")
                    .append(Times.text(backend.lastCheckMillis()))
                    .append(", ")
                    .append(ReaderTimes.brief(backend.lastCheckAt(), look.at()));
        }
        if (!backend.isUp()) {
            text.append(", ")
                    .append(Messages.LookTables_sinceWhen(ReaderTimes.brief(backend.healthSince(), look.at())));
        }
        return Cell.styled(text, "state state-" + backend.health());
    }

    private ShownTable conflicts() {
        ShownTable table = new ShownTable(
                Messages.LookTables_conflicts(),
                List.of(
                        Messages.LookTables_node(),
                        Messages.LookTables_router(),
                        Messages.LookTables_conflict(),
                        Messages.LookTables_since(),
                        Messages.LookTables_packets()));
        each((name, status) -> status.virtualRouters()
                .forEach(router -> router.conflicts()
                        .forEach(conflict -> table.row(
                                name(name),
                                Cell.of(router.name()),
                                Cell.styled(conflict.message(), "odd"),
                                Cell.of(ReaderTimes.brief(conflict.since(), look.at())),
                                Cell.styled(conflict.count(), "number")))));
        return table;
    }

    private ShownTable agents() {
        ShownTable table = new ShownTable(
                Messages.LookTables_peers(),
                List.of(
                        Messages.LookTables_node(),
                        Messages.LookTables_connected(),
                        Messages.LookTables_unreachable(),
                        Messages.LookTables_unheard(),
                        Messages.LookTables_trouble()));
        each((name, status) -> {
            Set<String> unheard = new LinkedHashSet<>();
            status.virtualRouters().forEach(router -> unheard.addAll(router.unheardMasters()));
            if (status.agent() != null) {
                table.row(
                        name(name),
                        peers(name, status.agent().connectedPeers()),
                        odd(status.agent().unreachableHosts()),
                        odd(List.copyOf(unheard)),
                        odd(trouble(status)));
            }
        });
        return table;
    }

    private Cell peers(String name, List<String> connected) {
        boolean all = look.names().stream().allMatch(other -> other.equals(name) || connected.contains(other));
        return Cell.styled(String.join(", ", connected), all ? "" : "odd");
    }

    private static List<String> trouble(NodeStatus status) {
        List<String> trouble = new ArrayList<>();
        for (String text :
                new String[] {status.agent().waitsFor(), status.agent().configError()}) {
            if (text != null && !text.isEmpty()) {
                trouble.add(text);
            }
        }
        return trouble;
    }

    private static Cell odd(List<String> texts) {
        return Cell.styled(String.join(", ", texts), texts.isEmpty() ? "" : "odd");
    }

    /** Nodes of which the same is true share a row. */
    private ShownTable planes() {
        ShownTable table = new ShownTable(
                Messages.LookTables_planes(),
                List.of(
                        Messages.LookTables_frontend(),
                        Messages.LookTables_plane(),
                        Messages.LookTables_why(),
                        Messages.LookTables_node()));
        Map<List<String>, List<String>> nodes = new LinkedHashMap<>();
        each((name, status) -> status.frontends()
                .forEach(frontend -> nodes.computeIfAbsent(
                                List.of(
                                        text(frontend.name()) + " " + text(frontend.bind()),
                                        text(frontend.plane()),
                                        text(frontend.planeReason())),
                                key -> new ArrayList<>())
                        .add(name)));
        nodes.forEach((plane, names) -> table.row(
                Cell.of(plane.get(0)),
                Cell.of(plane.get(1)),
                Cell.of(plane.get(2)),
                Cell.of(String.join(", ", names))));
        return table;
    }

    private ShownTable checks() {
        ShownTable table = new ShownTable(
                Messages.LookTables_checks(),
                List.of(
                        Messages.LookTables_check(),
                        Messages.LookTables_node(),
                        Messages.LookTables_result(),
                        Messages.LookTables_since(),
                        Messages.LookTables_failures()));
        each((name, status) -> status.checks()
                .forEach(check -> table.row(
                        Cell.of(check.name()),
                        name(name),
                        result(check),
                        Cell.of(ReaderTimes.brief(check.resultSince(), look.at())),
                        Cell.styled(check.consecutiveFailures(), "number"))));
        return table;
    }

    private static Cell result(CheckStatus check) {
        String detail = text(check.lastCheckResult());
        return Cell.styled(
                check.result() + (detail.isEmpty() ? "" : ": " + detail) + ", " + Times.text(check.latencyMillis()),
                "state state-" + check.result());
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    private interface PerNode {
        void of(String name, NodeStatus status);
    }

    private void each(PerNode work) {
        look.names().stream()
                .filter(look.nodes()::containsKey)
                .forEach(name -> work.of(name, look.nodes().get(name)));
    }
}
