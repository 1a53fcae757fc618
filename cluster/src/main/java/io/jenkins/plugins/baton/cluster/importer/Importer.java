package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.cluster.ClusterFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a cluster file from the files of keepalived and haproxy. */
public final class Importer {
    private Importer() {}

    /**
     * @param keepalived the keepalived.conf of at least one node; with those of all nodes, all priorities are known
     * @param haproxy the haproxy.cfg, which the guides have alike on all nodes
     * @throws ImportException when a file cannot be understood, or refers to other files
     */
    public static ImportResult importFiles(List<SourceText> keepalived, SourceText haproxy) throws ImportException {
        Findings findings = new Findings();
        List<KeepalivedFile> files = new ArrayList<>();
        for (SourceText source : keepalived) {
            files.add(KeepalivedReader.read(source, findings));
        }
        if (files.isEmpty()) {
            throw ImportException.at(haproxy.name(), 1, "there is no keepalived.conf beside it; give at least one");
        }
        List<ImportedFrontend> frontends = HaproxyReader.read(haproxy, findings);
        List<ImportedRouter> routers = Routers.of(files, findings);
        List<ImportedNode> nodes = Nodes.of(files, frontends, findings);
        List<String> names =
                new ArrayList<>(keepalived.stream().map(SourceText::name).toList());
        names.add(haproxy.name());
        String yaml = ClusterText.of(names, nodes, routers, frontends, checks(files), findings);
        reportProblems(yaml, findings);
        return findings.with(yaml, names);
    }

    private static List<ImportedCheck> checks(List<KeepalivedFile> files) {
        List<ImportedCheck> checks = new ArrayList<>();
        files.stream()
                .flatMap(file -> file.checks().stream())
                .filter(check -> checks.stream().noneMatch(other -> other.name().equals(check.name())))
                .forEachOrdered(checks::add);
        return checks;
    }

    /** What haproxy and keepalived accept, and Baton refuses, is for a person to decide. */
    private static void reportProblems(String yaml, Findings findings) {
        try {
            ClusterFile.parse(Path.of("cluster.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        } catch (ClusterFileException e) {
            e.problems()
                    .forEach(problem ->
                            findings.fillIn("the written file's line " + problem.line() + ": " + problem.message()));
        }
    }
}
