package io.jenkins.plugins.baton.jenkins.history;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.baton.fleet.drill.DrillHistory;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** When each scenario was tried, as far as whoever made this may know. */
public final class RecordedDrills implements DrillHistory {
    private final Authentication reader = Jenkins.getAuthentication2();

    @Override
    @SuppressWarnings("try") // What it opens is the reader's rights, which nothing needs by name.
    public Map<Scenario, Tried> of(String cluster) {
        Map<Scenario, Tried> tried = new EnumMap<>(Scenario.class);
        try (ACLContext as = ACL.as2(reader)) {
            ReadableFindings.ofCluster(cluster).values().forEach(findings -> {
                findings.drills().forEach((word, drill) -> add(tried, word, new Tried(at(drill), null)));
                findings.misses().forEach((word, miss) -> add(tried, word, new Tried(null, at(miss))));
            });
        }
        return tried;
    }

    private static void add(Map<Scenario, Tried> all, String word, Tried tried) {
        Scenario.of(word).ifPresent(scenario -> all.merge(scenario, tried, Tried::and));
    }

    private static Instant at(Attempt attempt) {
        return Instant.ofEpochMilli(attempt.at());
    }
}
