package io.jenkins.plugins.baton.jenkins.history;

import hudson.model.Job;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** The findings of those jobs that whoever asks may read: all others are as if they were not there. */
public final class ReadableFindings {
    private ReadableFindings() {}

    /**
     * By cluster, sorted, and by job.
     *
     * @param folder full name of a folder whose jobs alone count; empty: all jobs
     */
    public static Map<String, Map<Job<?, ?>, JobFindings>> of(String folder) {
        Map<String, Optional<Job<?, ?>>> jobs = new HashMap<>();
        Map<String, Map<Job<?, ?>, JobFindings>> readable = new LinkedHashMap<>();
        ClusterIndex.get().all().forEach((cluster, findings) -> {
            Map<Job<?, ?>, JobFindings> own = own(findings, folder, jobs);
            if (!own.isEmpty()) {
                readable.put(cluster, own);
            }
        });
        return readable;
    }

    /** Of one cluster, by job. */
    static Map<Job<?, ?>, JobFindings> ofCluster(String cluster) {
        ClusterFindings findings = ClusterIndex.get().all().get(Text.name(cluster));
        return findings == null ? Map.of() : own(findings, "", new HashMap<>());
    }

    private static Map<Job<?, ?>, JobFindings> own(
            ClusterFindings findings, String folder, Map<String, Optional<Job<?, ?>>> jobs) {
        Map<Job<?, ?>, JobFindings> own = new LinkedHashMap<>();
        findings.jobs().forEach((name, found) -> {
            if (folder.isEmpty() || name.startsWith(folder + "/")) {
                jobs.computeIfAbsent(name, ReadableFindings::job).ifPresent(job -> own.put(job, found));
            }
        });
        return own;
    }

    private static Optional<Job<?, ?>> job(String name) {
        try {
            return Optional.ofNullable(Jenkins.get().getItemByFullName(name, Job.class));
        } catch (AccessDeniedException e) {
            // Jenkins' way for who may know that it is there, but not read it.
            return Optional.empty();
        }
    }
}
