package io.jenkins.plugins.baton.jenkins.history;

import hudson.Extension;
import hudson.ExtensionList;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The last that builds found out about each cluster. It is read from disk once, when it is first asked for; what changes it
 * writes the file of the cluster that changed.
 */
@Extension
public final class ClusterIndex {
    private static final Logger LOGGER = Logger.getLogger(ClusterIndex.class.getName());

    /** A job whose cluster has another name in every build must not fill the disk: the oldest are forgotten. */
    private static final int MAX_CLUSTERS_OF_A_JOB = 50;

    /** Null: not read yet. A map that is there never changes; a change puts another in its place. */
    private volatile Map<String, ClusterFindings> known;

    public static ClusterIndex get() {
        return ExtensionList.lookupSingleton(ClusterIndex.class);
    }

    /** By cluster, sorted. Of all jobs: the caller sorts out what the reader may not see. */
    public Map<String, ClusterFindings> all() {
        Map<String, ClusterFindings> there = known;
        return there == null ? load() : there;
    }

    private synchronized Map<String, ClusterFindings> load() {
        if (known == null) {
            try {
                known = folder().read();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "What was known of the clusters cannot be read.", e);
                known = Map.of();
            }
        }
        return known;
    }

    private static FindingsFolder folder() {
        return new FindingsFolder(
                Jenkins.get().getRootDir().toPath().resolve("baton").resolve("clusters"));
    }

    /**
     * Adds to what a job knows of a cluster. A disk that refuses it is told to the log: no step fails because of it.
     *
     * @param job full name
     * @param cluster as its file names it
     */
    public synchronized void add(String job, String cluster, UnaryOperator<JobFindings> addition) {
        String name = Text.name(cluster);
        ClusterFindings before = all().getOrDefault(name, ClusterFindings.none(name));
        put(before.with(job, addition.apply(before.jobs().getOrDefault(job, JobFindings.NONE))));
        forgetOldest(job);
    }

    private void forgetOldest(String job) {
        List<ClusterFindings> own = all().values().stream()
                .filter(cluster -> cluster.jobs().containsKey(job))
                .sorted(Comparator.comparingLong(
                        cluster -> -cluster.jobs().get(job).lastAt()))
                .toList();
        own.stream().skip(MAX_CLUSTERS_OF_A_JOB).forEach(cluster -> put(cluster.with(job, null)));
    }

    synchronized void removeJob(String job) {
        all().values().stream()
                .filter(cluster -> cluster.jobs().containsKey(job))
                .forEach(cluster -> put(cluster.with(job, null)));
    }

    /** @param from a job, or a folder with all its jobs */
    synchronized void rename(String from, String to) {
        all().values().stream()
                .filter(cluster -> !cluster.renamed(from, to)
                        .jobs()
                        .keySet()
                        .equals(cluster.jobs().keySet()))
                .forEach(cluster -> put(cluster.renamed(from, to)));
    }

    synchronized void removeBuild(String job, int build) {
        for (ClusterFindings cluster : all().values()) {
            JobFindings findings = cluster.jobs().get(job);
            if (findings != null && !findings.withoutBuild(build).equals(findings)) {
                put(cluster.with(job, findings.withoutBuild(build)));
            }
        }
    }

    private void put(ClusterFindings changed) {
        Map<String, ClusterFindings> next = new TreeMap<>(all());
        if (changed.jobs().isEmpty()) {
            next.remove(changed.cluster());
        } else {
            next.put(changed.cluster(), changed);
        }
        known = next;
        try {
            folder().write(changed);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "What builds found out about " + changed.cluster() + " cannot be kept.");
        }
    }
}
