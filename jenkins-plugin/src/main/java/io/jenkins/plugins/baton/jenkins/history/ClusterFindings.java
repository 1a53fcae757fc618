package io.jenkins.plugins.baton.jenkins.history;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one cluster, by job: who reads it is told of the jobs that he may read, and of no other.
 *
 * @param format {@link #FORMAT}
 * @param cluster as its file names it
 * @param jobs by full name; never empty
 */
public record ClusterFindings(String format, String cluster, Map<String, JobFindings> jobs) {
    static final String FORMAT = "baton-clusters/1";

    public ClusterFindings {
        jobs = jobs == null ? Map.of() : Map.copyOf(jobs);
    }

    static ClusterFindings none(String cluster) {
        return new ClusterFindings(FORMAT, cluster, null);
    }

    /** @param findings null: what the job found out is forgotten */
    ClusterFindings with(String job, JobFindings findings) {
        Map<String, JobFindings> changed = new TreeMap<>(jobs);
        if (findings == null) {
            changed.remove(job);
        } else {
            changed.put(job, findings);
        }
        return new ClusterFindings(format, cluster, changed);
    }

    /** A job, or a folder with all its jobs, has another full name. */
    ClusterFindings renamed(String from, String to) {
        Map<String, JobFindings> changed = new TreeMap<>();
        jobs.forEach((job, findings) -> changed.put(renamed(job, from, to), findings));
        return new ClusterFindings(format, cluster, changed);
    }

    private static String renamed(String job, String from, String to) {
        return job.equals(from) || job.startsWith(from + "/") ? to + job.substring(from.length()) : job;
    }
}
