package io.jenkins.plugins.baton.jenkins.overview;

import hudson.Util;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What a reader asks the page for. It is in the address, so that the page can be linked, needs no script, and a program gets
 * the same selection.
 *
 * @param words in the cluster's name, its holder, its release or the name of a job; empty: any
 * @param sort a column, or the word of a scenario
 * @param page from 1
 */
public record Query(String words, Show show, String sort, boolean descending, int page) {
    private static final String NAME = "name";

    /** Clusters whose state, deployment or drill is unknown stay together, at the oldest end. */
    private static final Map<String, Comparator<ClusterRow>> COLUMNS = Map.of(
            NAME,
            Comparator.comparing(row -> 0),
            "holder",
            Comparator.comparing(ClusterRow::getHolder, String.CASE_INSENSITIVE_ORDER),
            "state",
            Comparator.comparing((ClusterRow row) -> !row.isUnsteady())
                    .thenComparing(
                            row -> row.getSeen() == null ? 0 : row.getSeen().getAt()),
            "deployed",
            Comparator.comparing(
                    row -> row.getDeployed() == null ? 0 : row.getDeployed().getAt()));

    static Query of(StaplerRequest2 request) {
        String sort = Util.fixNull(request.getParameter("sort"));
        return new Query(
                Util.fixNull(request.getParameter("q")).strip(),
                Show.of(Util.fixNull(request.getParameter("show"))),
                COLUMNS.containsKey(sort) || Scenario.of(sort).isPresent() ? sort : NAME,
                "desc".equals(request.getParameter("order")),
                page(request.getParameter("page")));
    }

    private static int page(String number) {
        return number != null && number.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(number) : 1;
    }

    boolean includes(ClusterRow row) {
        return show.includes(row) && (words.isEmpty() || row.contains(words));
    }

    Comparator<ClusterRow> order() {
        Comparator<ClusterRow> byName = Comparator.comparing(ClusterRow::getName, String.CASE_INSENSITIVE_ORDER);
        Optional<Scenario> scenario = Scenario.of(sort);
        Comparator<ClusterRow> column = scenario.isPresent()
                ? Comparator.comparingLong(row -> row.drilledAt(scenario.get()))
                : sort.equals(NAME) ? byName : COLUMNS.get(sort);
        return (descending ? column.reversed() : column).thenComparing(byName);
    }

    /** The address of this page, sorted by the column; the other way round when it is already. */
    Query sortedBy(String column) {
        return new Query(words, show, column, column.equals(sort) && !descending, 1);
    }

    Query showing(Show other) {
        return new Query(words, other, sort, descending, 1);
    }

    Query onPage(int number) {
        return new Query(words, show, sort, descending, number);
    }

    /** Relative to the page. */
    String address() {
        return "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8) + "&show=" + show.getWord() + "&sort=" + sort
                + "&order=" + (descending ? "desc" : "asc") + "&page=" + page;
    }
}
