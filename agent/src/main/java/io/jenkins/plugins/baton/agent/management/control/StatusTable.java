package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import io.jenkins.plugins.baton.jmx.text.Printable;
import io.jenkins.plugins.baton.jmx.text.TextTable;
import io.jenkins.plugins.baton.jmx.text.TextTable.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A snapshot as a person likes to read it on a terminal of 100 columns. */
final class StatusTable {
    private static final int SHORT_HASH = 12;

    private final boolean colour;

    StatusTable(boolean colour) {
        this.colour = colour;
    }

    /** @param snapshot as {@link io.jenkins.plugins.baton.jmx.Snapshot} makes it */
    String render(Map<String, Object> snapshot) {
        Instant now = Instant.parse((String) snapshot.get("sampledAt"));
        StringBuilder out = new StringBuilder(agent(snapshot, object(snapshot, "agent")));
        List<Map<String, Object>> routers = list(snapshot, "virtualRouters");
        if (!routers.isEmpty()) {
            out.append('\n').append(routers(routers, now));
        }
        List<Map<String, Object>> frontends = list(snapshot, "frontends");
        if (!frontends.isEmpty()) {
            out.append('\n').append(frontends(frontends));
            out.append('\n').append(backends(frontends, now));
        }
        List<Map<String, Object>> checks = list(snapshot, "checks");
        if (!checks.isEmpty()) {
            out.append('\n').append(checks(checks, now));
        }
        return out.toString();
    }

    private String agent(Map<String, Object> snapshot, Map<String, Object> agent) {
        String hash = (String) snapshot.get("configHash");
        TextTable table = new TextTable(colour, "NODE", "CLUSTER", "UP", "VERSION", "FILE", "SHA-256");
        table.row()
                .cell(snapshot.get("node"))
                .cell(agent.get("cluster"))
                .cell(HumanUnits.age(Duration.ofMillis((Long) agent.get("uptimeMillis"))))
                .cell(snapshot.get("version"))
                .cell(agent.get("configFile"))
                .cell(hash.substring(0, Math.min(SHORT_HASH, hash.length())));
        String error = (String) agent.get("configError");
        String waitsFor = (String) agent.get("waitsFor");
        return table
                + (waitsFor.isEmpty() ? "" : "\nThe agent waits: " + Printable.lines(waitsFor) + "\n")
                + (error.isEmpty() ? "" : "\nThe last reload was refused:\n" + Printable.lines(error) + "\n");
    }

    private String routers(List<Map<String, Object>> routers, Instant now) {
        TextTable table =
                new TextTable(colour, "VIRTUAL ROUTER", "STATE", "FOR", "HOLDER", "PRIORITY", "ADDRESSES", "BECAUSE");
        StringBuilder conflicts = new StringBuilder();
        for (Map<String, Object> router : routers) {
            Object priority = router.get("priority");
            Object effective = router.get("effectivePriority");
            table.row()
                    .cell(router.get("name"))
                    .cell(state(router), style(State.valueOf((String) router.get("state"))))
                    .cell(age(router.get("stateSince"), now))
                    .cell(router.get("holder"))
                    .cell(priority.equals(effective) ? priority : effective + " of " + priority)
                    .cell(((List<?>) router.get("addresses"))
                            .stream().map(String::valueOf).collect(Collectors.joining(" ")))
                    .cell(router.get("stateReason"));
            for (Map<String, Object> conflict : list(router, "conflicts")) {
                conflicts
                        .append("\nCONFLICT: ")
                        .append(conflict.get("message"))
                        .append(" (")
                        .append(conflict.get("count"))
                        .append(" packets since ")
                        .append(conflict.get("since"))
                        .append(")\n");
            }
            List<?> unheard = (List<?>) router.get("unheardMasters");
            if (!unheard.isEmpty()) {
                conflicts
                        .append(
                                State.MASTER.name().equals(router.get("state"))
                                        ? "\nSPLIT BRAIN: "
                                        : "\nADVERTS BLOCKED: ")
                        .append(unheard.stream().map(String::valueOf).collect(Collectors.joining(", ")))
                        .append(" is MASTER of ")
                        .append(router.get("name"))
                        .append(
                                " by the peer link, but its adverts do not arrive here; let protocol 112 pass on both nodes\n");
            }
        }
        return table.toString() + Printable.lines(conflicts.toString());
    }

    private static String state(Map<String, Object> router) {
        return router.get("state") + (Boolean.TRUE.equals(router.get("suspended")) ? " (suspended)" : "");
    }

    private String frontends(List<Map<String, Object>> frontends) {
        TextTable table = new TextTable(
                colour,
                "FRONTEND",
                "BIND",
                "PLANE",
                "SESSIONS",
                "TOTAL",
                "PER SECOND",
                "IN",
                "OUT",
                "ERRORS",
                "REFUSED");
        for (Map<String, Object> frontend : frontends) {
            table.row()
                    .cell(frontend.get("name"))
                    .cell(frontend.get("bind"))
                    .cell(frontend.get("plane"))
                    .cell(frontend.get("sessions"))
                    .cell(frontend.get("sessionsTotal"))
                    .cell(String.format(Locale.ROOT, "%.1f", (Double) frontend.get("sessionRate")))
                    .cell(HumanUnits.bytes((Long) frontend.get("bytesIn")))
                    .cell(HumanUnits.bytes((Long) frontend.get("bytesOut")))
                    .cell(frontend.get("connectErrors"))
                    .cell(frontend.get("refused"));
        }
        return table.toString();
    }

    private String backends(List<Map<String, Object>> frontends, Instant now) {
        TextTable table = new TextTable(
                colour, "BACKEND", "ADDRESS", "HEALTH", "FOR", "WEIGHT", "SESSIONS", "TOTAL", "LAST CHECK");
        for (Map<String, Object> frontend : frontends) {
            for (Map<String, Object> backend : list(frontend, "backends")) {
                table.row()
                        .cell(frontend.get("name") + "/" + backend.get("name"))
                        .cell(backend.get("address"))
                        .cell(backend.get("health"), style(Health.valueOf((String) backend.get("health"))))
                        .cell(age(backend.get("healthSince"), now))
                        .cell(backend.get("weight") + (Boolean.TRUE.equals(backend.get("backup")) ? " backup" : ""))
                        .cell(backend.get("sessions"))
                        .cell(backend.get("sessionsTotal"))
                        .cell(backend.get("lastCheckResult"));
            }
        }
        return table.toString();
    }

    private String checks(List<Map<String, Object>> checks, Instant now) {
        TextTable table = new TextTable(colour, "CHECK", "RESULT", "FOR", "LATENCY", "LAST CHECK");
        for (Map<String, Object> check : checks) {
            table.row()
                    .cell(check.get("name"))
                    .cell(check.get("result"), style(Health.valueOf((String) check.get("result"))))
                    .cell(age(check.get("resultSince"), now))
                    .cell(HumanUnits.measured((Double) check.get("latencyMillis")))
                    .cell(check.get("lastCheckResult"));
        }
        return table.toString();
    }

    private static Style style(State state) {
        return switch (state) {
            case MASTER -> Style.GOOD;
            case BACKUP -> Style.PLAIN;
            case INITIALIZE -> Style.DOUBTFUL;
            case FAULT -> Style.BAD;
        };
    }

    private static Style style(Health health) {
        return switch (health) {
            case UP -> Style.GOOD;
            case UNKNOWN, DRAIN -> Style.DOUBTFUL;
            case DOWN -> Style.BAD;
        };
    }

    private static String age(Object since, Instant now) {
        return HumanUnits.age(Duration.between(Instant.parse((String) since), now));
    }

    @SuppressWarnings("unchecked") // the shape is Snapshot's contract
    private static Map<String, Object> object(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.get(key);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> parent, String key) {
        return (List<Map<String, Object>>) parent.get(key);
    }
}
