package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import java.util.List;
import java.util.Optional;

/** Several nodes' haproxy.cfg as one: they are alike but for the addresses that each binds. */
public final class HaproxyFiles {
    private final List<Directive> first;
    private final ImportNotes importNotes;

    private HaproxyFiles(List<Directive> first, ImportNotes importNotes) {
        this.first = first;
        this.importNotes = importNotes;
    }

    /**
     * @param files the sections of each file, at least one file
     * @return the sections of the first one, with the binds of all
     */
    public static List<Directive> merge(List<List<Directive>> files, ImportNotes importNotes) {
        HaproxyFiles merged = new HaproxyFiles(files.get(0), importNotes);
        files.stream().skip(1).flatMap(List::stream).forEach(merged::add);
        return files.get(0);
    }

    private void add(Directive section) {
        Optional<Directive> same = first.stream()
                .filter(mine -> mine.words().equals(section.words()))
                .findFirst();
        if (same.isEmpty()) {
            importNotes.notCarriedWhole(
                    section,
                    "it is not in " + first.get(0).file() + ", which was taken for all nodes; make them agree");
            return;
        }
        importNotes.same(section, same.get());
        for (Directive line : section.children()) {
            Optional<Directive> there = same.get().children().stream()
                    .filter(mine -> mine.words().equals(line.words()))
                    .findFirst();
            if (there.isPresent()) {
                importNotes.same(line, there.get());
            } else if (line.name().equals("bind")) {
                same.get().children().add(line); // each node binds its own address
            } else {
                importNotes.notCarried(
                        line,
                        "it differs from " + same.get().place() + ", which was taken for all nodes; make them agree");
            }
        }
    }
}
