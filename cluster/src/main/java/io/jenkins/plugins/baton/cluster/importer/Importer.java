package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.cluster.importer.haproxy.HaproxyFiles;
import io.jenkins.plugins.baton.cluster.importer.haproxy.HaproxyReader;
import io.jenkins.plugins.baton.cluster.importer.haproxy.HaproxySyntax;
import io.jenkins.plugins.baton.cluster.importer.haproxy.HostNames;
import io.jenkins.plugins.baton.cluster.importer.haproxy.ImportedFrontend;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedReader;
import io.jenkins.plugins.baton.cluster.importer.merge.Balancer;
import io.jenkins.plugins.baton.cluster.importer.merge.Binds;
import io.jenkins.plugins.baton.cluster.importer.merge.ClusterText;
import io.jenkins.plugins.baton.cluster.importer.merge.Nodes;
import io.jenkins.plugins.baton.cluster.importer.merge.Routers;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a cluster file from the files of keepalived and haproxy. Every directive of them is in the cluster file, or in the
 * list of what is not, with the reason.
 */
public final class Importer {
    private Importer() {}

    /** As below, without looking any name up. */
    public static ImportResult importFiles(List<SourceText> keepalived, SourceText haproxy) throws ImportException {
        return importFiles(keepalived, List.of(haproxy), HostNames.NONE);
    }

    /**
     * @param keepalived the keepalived.conf of at least one node; with those of all nodes, all priorities are known
     * @param haproxy the haproxy.cfg, which the guides have alike on all nodes, or those of all nodes
     * @param hosts for haproxy's servers that have names
     * @throws ImportException with everything that cannot be understood in any of the files, or refers to other files
     */
    public static ImportResult importFiles(List<SourceText> keepalived, List<SourceText> haproxy, HostNames hosts)
            throws ImportException {
        List<String> names = Stream.concat(keepalived.stream(), haproxy.stream())
                .map(SourceText::name)
                .toList();
        ImportNotes importNotes = new ImportNotes();
        List<Problems> problems = names.stream().map(Problems::new).toList();
        if (keepalived.isEmpty()) {
            problems.get(0).add(Mark.START, "there is no keepalived.conf beside it; give at least one");
        }
        List<KeepalivedFile> files = new ArrayList<>();
        for (SourceText source : keepalived) {
            files.add(KeepalivedReader.read(source, importNotes, problems.get(files.size())));
        }
        List<List<Directive>> proxies = new ArrayList<>();
        for (SourceText source : haproxy) {
            proxies.add(HaproxySyntax.parse(source, problems.get(files.size() + proxies.size())));
        }
        ImportException.refuse(problems);
        List<Directive> sections = HaproxyFiles.merge(proxies, importNotes);

        List<ImportedFrontend> found = HaproxyReader.read(sections, hosts, importNotes);
        List<Routers.Joined> routers = Routers.of(files, importNotes);
        Nodes.Found nodes = Nodes.of(files, routers, found, importNotes);
        List<ImportedFrontend> frontends = Binds.fit(found, nodes.nodes(), routers, files, importNotes);
        if (frontends.isEmpty()) {
            importNotes.fillIn(haproxy.get(0).name()
                    + ": no frontend was carried over, so the cluster file only moves the virtual addresses");
        }
        List<InetAddress> virtual = routers.stream()
                .flatMap(router -> router.first().addresses().value().stream())
                .map(cidr -> cidr.address())
                .toList();
        Balancer balancer = Balancer.of(sections, virtual);
        String yaml = ClusterText.of(names, files, nodes, balancer, routers, frontends, importNotes);

        files.forEach(file -> importNotes.restNotCarried(
                file.directives(), "a later line replaces it, or nothing that was carried over needs it"));
        importNotes.restNotCarried(sections, "a later line replaces it, or no frontend that was carried over uses it");
        reportProblems(yaml, importNotes);
        return new ImportResult(yaml, importNotes.notCarriedOver(names), importNotes.toFillIn());
    }

    /** What haproxy and keepalived accept, and Baton refuses, is for a person to decide. */
    private static void reportProblems(String yaml, ImportNotes importNotes) {
        try {
            ClusterFile.parse(Path.of("cluster.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        } catch (ClusterFileException e) {
            e.problems()
                    .forEach(problem ->
                            importNotes.fillIn("the written file's line " + problem.line() + ": " + problem.message()));
        }
    }
}
