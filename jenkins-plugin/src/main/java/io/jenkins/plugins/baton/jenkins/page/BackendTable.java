package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.FrontendStatus;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row for each backend, a column for each node: that they see the same is seen at once. */
final class BackendTable {
    private final Look look;

    BackendTable(Look look) {
        this.look = look;
    }

    ShownTable table() {
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
                    .append(HumanUnits.measured(backend.lastCheckMillis()))
                    .append(", ")
                    .append(ReaderTimes.brief(backend.lastCheckAt(), look.at()));
        }
        if (!backend.isUp()) {
            text.append(", ")
                    .append(Messages.LookTables_sinceWhen(ReaderTimes.brief(backend.healthSince(), look.at())));
        }
        return Cell.styled(text, "state state-" + backend.health());
    }
}
