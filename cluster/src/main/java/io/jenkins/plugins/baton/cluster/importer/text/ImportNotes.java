package io.jenkins.plugins.baton.cluster.importer.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What became of each line: carried over, or not and why. */
public final class ImportNotes {
    /** By the directive that it is about. */
    private final Map<Directive, List<NotCarriedOver>> sentences = new LinkedHashMap<>();

    private final List<String> toFillIn = new ArrayList<>();
    private final Set<Directive> known = new HashSet<>();
    /** Lines of other nodes' files, by the line of the first file that says the same. */
    private final Map<Directive, Directive> sames = new LinkedHashMap<>();

    /** The line, or a part of it, is not in the cluster file. */
    public void notCarried(Directive directive, String reason) {
        known.add(directive);
        sentences
                .computeIfAbsent(directive, any -> new ArrayList<>())
                .add(new NotCarriedOver(directive.file(), directive.line(), directive.shown(), reason));
    }

    /** The directive and all that it encloses; what was said of a part of it does not matter any more. */
    public void notCarriedWhole(Directive block, String reason) {
        block.all().forEach(sentences::remove);
        notCarriedBesides(block, reason);
    }

    /** The directive and all that it encloses; what was said of a part of it stays. */
    public void notCarriedBesides(Directive block, String reason) {
        notCarried(block, reason);
        block.all()
                .filter(line -> !sentences.containsKey(line))
                .forEach(line -> notCarried(line, "see line " + block.line()));
    }

    /** What was said of what the directive encloses, a sentence each. */
    public List<String> reasons(Directive block) {
        return block.all()
                .skip(1)
                .flatMap(line -> sentences.getOrDefault(line, List.of()).stream())
                .filter(sentence -> !sentence.reason().startsWith("see line "))
                .map(NotCarriedOver::toString)
                .toList();
    }

    /** The lines are in the cluster file. */
    public void carried(Collection<Directive> directives) {
        known.addAll(directives);
    }

    public void carried(Directive directive) {
        known.add(directive);
    }

    /** Another node's line says what a line of the first file says: what becomes of that one becomes of it. */
    public void same(Directive line, Directive first) {
        known.add(line);
        sames.put(line, first);
    }

    /** Whatever nothing has been said of yet. */
    public void restNotCarried(Collection<Directive> directives, String reason) {
        directives.stream()
                .flatMap(Directive::all)
                .filter(directive -> !known.contains(directive))
                .forEach(directive -> notCarried(directive, reason));
    }

    public void fillIn(String sentence) {
        toFillIn.add(sentence);
    }

    /** @param files in the order in which they were given */
    public List<NotCarriedOver> notCarriedOver(List<String> files) {
        Stream<NotCarriedOver> alike = sames.entrySet().stream()
                .filter(same -> sentences.containsKey(same.getValue()) && !sentences.containsKey(same.getKey()))
                .map(same -> new NotCarriedOver(
                        same.getKey().file(),
                        same.getKey().line(),
                        same.getKey().shown(),
                        "as " + same.getValue().place() + "; see there"));
        return Stream.concat(sentences.values().stream().flatMap(List::stream), alike)
                .distinct()
                .sorted(Comparator.<NotCarriedOver>comparingInt(n -> files.indexOf(n.file()))
                        .thenComparingInt(NotCarriedOver::line))
                .toList();
    }

    public List<String> toFillIn() {
        return toFillIn.stream().distinct().toList();
    }
}
