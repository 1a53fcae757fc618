package io.jenkins.plugins.baton.cluster.importer.text;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import java.util.List;

/** Words that nobody can read: the guides' placeholders, bytes that are not UTF-8, control characters. */
public final class Unreadable {
    private Unreadable() {}

    /** @return whether all words can be read; the problems tell which cannot */
    public static boolean report(SourceText source, Directive directive, List<Word> words, Problems problems) {
        boolean readable = true;
        for (Word word : words) {
            int column = word.firstBeyondAscii();
            if (word.text().contains("${")) {
                problems.add(
                        new Mark(directive.line(), word.column()),
                        directive.name() + ": " + word.text()
                                + " is still the guide's placeholder; put your value there");
                readable = false;
            } else if (!source.utf8() && column > 0) {
                int unreadable = word.text()
                        .codePoints()
                        .filter(c -> c > 126)
                        .findFirst()
                        .orElseThrow();
                problems.add(
                        new Mark(directive.line(), column),
                        directive.name() + String.format(": the byte 0x%02X is not UTF-8", unreadable)
                                + ", and only comments may have such; write the value in ASCII or save the file as UTF-8");
                readable = false;
            } else if (word.text().codePoints().anyMatch(Unreadable::isControl)) {
                problems.add(
                        new Mark(directive.line(), word.column()),
                        "a control character stands in this line; remove it");
                readable = false;
            }
        }
        return readable;
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
    }
}
