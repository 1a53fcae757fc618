package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jmx.status.CheckStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        List<ShownTable> tables = new ArrayList<>(List.of(
                new NodeTable(look, paths).table(),
                new BackendTable(look).table(),
                conflicts(),
                agents(),
                planes(),
                checks()));
        tables.removeIf(ShownTable::isEmpty);
        return tables;
    }

    private Cell name(String name) {
        return Cell.of(name).linked(paths.getOrDefault(name, ""));
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
                check.result() + (detail.isEmpty() ? "" : ": " + detail) + ", "
                        + HumanUnits.measured(check.latencyMillis()),
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
