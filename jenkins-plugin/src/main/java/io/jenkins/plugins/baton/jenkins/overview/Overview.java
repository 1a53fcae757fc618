package io.jenkins.plugins.baton.jenkins.overview;

import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.history.ReadableFindings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The clusters that whoever asks may know of, and the part of them that is shown. */
@ExportedBean
public final class Overview {
    private static final int PAGE = 50;

    private final Query query;
    private final List<ClusterRow> all;
    private final List<ClusterRow> selected;

    private Overview(Query query, List<ClusterRow> all) {
        this.query = query;
        this.all = all;
        this.selected =
                all.stream().filter(query::includes).sorted(query.order()).toList();
    }

    /**
     * @param folder full name of a folder whose jobs alone count; empty: all jobs
     * @param now in ms since 1970
     */
    static Overview of(Query query, String folder, long now) {
        Map<String, ClusterRow> rows = new TreeMap<>();
        if (folder.isEmpty()) {
            KnownNames.visible().forEach(name -> rows.put(name, new ClusterRow(name, Map.of(), now)));
        }
        ReadableFindings.of(folder)
                .forEach((cluster, findings) -> rows.put(cluster, new ClusterRow(cluster, findings, now)));
        return new Overview(query, List.copyOf(rows.values()));
    }

    public Query getQuery() {
        return query;
    }

    /** All that were asked for, on all pages. */
    @Exported(name = "clusters", inline = true)
    public List<ClusterRow> getSelected() {
        return selected;
    }

    /** Those on this page. */
    public List<ClusterRow> getRows() {
        int from = Math.min((getPage() - 1) * PAGE, selected.size());
        return selected.subList(from, Math.min(from + PAGE, selected.size()));
    }

    public int getPage() {
        return Math.min(query.page(), getPages());
    }

    /** At least one. */
    public int getPages() {
        return Math.max(1, (selected.size() + PAGE - 1) / PAGE);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<String> getScenarios() {
        return Arrays.stream(Scenario.values()).map(Scenario::word).toList();
    }

    public List<Show> getChoices() {
        return List.of(Show.values());
    }

    /** Of all clusters, whatever is shown. */
    public long count(Show show) {
        return all.stream().filter(show::includes).count();
    }

    public String addressOf(Show show) {
        return query.showing(show).address();
    }

    public String sortedBy(String column) {
        return query.sortedBy(column).address();
    }

    public String pageAddress(int number) {
        return query.onPage(number).address();
    }

    /** As ARIA names it; {@code none} for another column. */
    public String sorting(String column) {
        if (!column.equals(query.sort())) {
            return "none";
        }
        return query.descending() ? "descending" : "ascending";
    }
}
