package io.jenkins.plugins.baton.jenkins.history;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hudson.Util;
import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The index on disk: a file for each cluster, which is written as a whole or not at all. */
final class FindingsFolder {
    private static final Logger LOGGER = Logger.getLogger(FindingsFolder.class.getName());
    private static final String SUFFIX = ".json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS) // isSteady() and its like are no components
            .build();

    private final Path folder;

    FindingsFolder(Path folder) {
        this.folder = folder;
    }

    /** By cluster. A file that cannot be read is put aside, and the log says so. */
    Map<String, ClusterFindings> read() throws IOException {
        Map<String, ClusterFindings> all = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
        for (Path file : files) {
            try {
                ClusterFindings findings = read(file);
                all.put(findings.cluster(), findings);
            } catch (IOException e) {
                Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                LOGGER.log(
                        Level.WARNING, e, () -> "What was known of a cluster cannot be read; it is kept in " + aside);
            }
        }
        return all;
    }

    private static ClusterFindings read(Path file) throws IOException {
        ClusterFindings findings = JSON.readValue(file.toFile(), ClusterFindings.class);
        if (findings == null || !ClusterFindings.FORMAT.equals(findings.format()) || findings.cluster() == null) {
            throw new IOException("its format is not " + ClusterFindings.FORMAT);
        }
        return findings;
    }

    /** Findings of no job remove the file. */
    void write(ClusterFindings findings) throws IOException {
        Path file = file(findings.cluster());
        if (findings.jobs().isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(folder);
        try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
            try {
                writer.write(JSON.writeValueAsString(findings));
                writer.commit();
            } finally {
                writer.abort();
            }
        }
    }

    /** A name may be anything, and differ from another in nothing but its capitals. */
    private Path file(String cluster) {
        String readable = cluster.replaceAll("[^A-Za-z0-9_-]", "_");
        return folder.resolve(
                readable.substring(0, Math.min(40, readable.length())) + "-" + Util.getDigestOf(cluster) + SUFFIX);
    }
}
