package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Each node's part in the virtual routers: who holds the addresses, who could, who does not answer. */
final class NodeTable {
    private final Look look;
    /** Of a node's MBeans, by the node's name. */
    private final Map<String, String> paths;

    NodeTable(Look look, Map<String, String> paths) {
        this.look = look;
        this.paths = paths;
    }

    ShownTable table() {
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
}
