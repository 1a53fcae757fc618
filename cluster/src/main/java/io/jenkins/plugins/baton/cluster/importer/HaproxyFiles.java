package io.jenkins.plugins.baton.cluster.importer;

import java.util.List;
import java.util.Optional;

/** Several nodes' haproxy.cfg as one: they are alike but for the addresses that each binds. */
final class HaproxyFiles {
    private final List<Directive> first;
    private final Findings findings;

    private HaproxyFiles(List<Directive> first, Findings findings) {
        this.first = first;
        this.findings = findings;
    }

    /**
     * @param files the sections of each file, at least one file
     * @return the sections of the first one, with the binds of all
     */
    static List<Directive> merge(List<List<Directive>> files, Findings findings) {
        HaproxyFiles merged = new HaproxyFiles(files.get(0), findings);
        files.stream().skip(1).flatMap(List::stream).forEach(merged::add);
        return files.get(0);
    }

    private void add(Directive section) {
        Optional<Directive> same =
                first.stream().filter(mine -> mine.words().equals(section.words())).findFirst();
        if (same.isEmpty()) {
            findings.notCarriedWhole(
                    section, "it is not in " + first.get(0).file() + ", which was taken for all nodes; make them agree");
            return;
        }
        findings.carried(section);
        for (Directive line : section.children()) {
            boolean there = same.get().children().stream().anyMatch(mine -> mine.words().equals(line.words()));
            if (there) {
                findings.carried(line);
            } else if (line.name().equals("bind")) {
                same.get().children().add(line); // each node binds its own address
            } else {
                findings.notCarried(
                        line, "it differs from " + same.get().place() + ", which was taken for all nodes; make them agree");
            }
        }
    }
}
