package io.jenkins.plugins.baton.cluster.importer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The syntax of keepalived.conf: words, quoted words, blocks in braces, comments after {@code !} and {@code #}. */
final class KeepalivedSyntax {
    private static final Pattern WORD =
            Pattern.compile("\"(?<double>[^\"]*)\"|'(?<single>[^']*)'|(?<brace>[{}])|(?<comment>[!#].*)"
                    + "|(?<plain>(?:\\$\\{\\w+\\}|[^\\s\"'{}!#])+)");

    private final SourceText source;

    private KeepalivedSyntax(SourceText source) {
        this.source = source;
    }

    static List<Directive> parse(SourceText source) throws ImportException {
        return new KeepalivedSyntax(source).parse();
    }

    private List<Directive> parse() throws ImportException {
        Deque<List<Directive>> open = new ArrayDeque<>();
        Deque<Integer> openedInLine = new ArrayDeque<>();
        open.push(new ArrayList<>());
        int line = 0;
        for (String text : source.text().lines().toList()) {
            line++;
            List<String> words = new ArrayList<>();
            Matcher matcher = WORD.matcher(text);
            while (matcher.find() && matcher.group("comment") == null) {
                if (matcher.group("brace") == null) {
                    words.add(word(matcher));
                    continue;
                }
                add(open.peek(), words, line);
                if (matcher.group("brace").equals("{")) {
                    open.push(childrenOfLast(open.peek(), line));
                    openedInLine.push(line);
                } else if (open.size() == 1) {
                    throw refused(line, "a closing brace without an opening one; remove it");
                } else {
                    open.pop();
                    openedInLine.pop();
                }
            }
            add(open.peek(), words, line);
        }
        if (open.size() > 1) {
            throw refused(openedInLine.peek(), "this block is not closed; add the missing brace");
        }
        return open.peek();
    }

    private static String word(Matcher matcher) {
        return Stream.of("double", "single", "plain")
                .map(matcher::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private void add(List<Directive> block, List<String> words, int line) throws ImportException {
        if (words.isEmpty()) {
            return;
        }
        String name = words.get(0);
        if (name.startsWith("include")) {
            throw refused(line, name + ": other files are not read; put their text here, or give them instead");
        }
        if (name.startsWith("@")) {
            throw refused(
                    line, name + ": conditional lines depend on the node; write one file for each node, without them");
        }
        if (name.startsWith("$")) {
            throw refused(line, name + ": definitions are not expanded; write the value where it is used");
        }
        block.add(new Directive(source.name(), line, words, new ArrayList<>()));
        words.clear();
    }

    private List<Directive> childrenOfLast(List<Directive> block, int line) throws ImportException {
        if (block.isEmpty()) {
            throw refused(line, "a block without a name; write one before the brace");
        }
        return block.get(block.size() - 1).children();
    }

    private ImportException refused(int line, String message) {
        return ImportException.at(source.name(), line, message);
    }
}
