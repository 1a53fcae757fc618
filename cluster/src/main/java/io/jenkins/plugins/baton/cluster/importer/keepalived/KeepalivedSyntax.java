package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import io.jenkins.plugins.baton.cluster.importer.text.Unreadable;
import io.jenkins.plugins.baton.cluster.importer.text.Word;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The blocks of keepalived.conf. */
final class KeepalivedSyntax {
    private static final int MAX_DEPTH = 16;

    private final SourceText source;
    private final ImportNotes importNotes;
    private final Problems problems;
    private final Deque<List<Directive>> open = new ArrayDeque<>();
    private final Deque<Word> braces = new ArrayDeque<>();
    private final Deque<Integer> lines = new ArrayDeque<>();
    /** Whether the last directive is not in its block, because it has been refused. */
    private boolean refused;

    private KeepalivedSyntax(SourceText source, ImportNotes importNotes, Problems problems) {
        this.source = source;
        this.importNotes = importNotes;
        this.problems = problems;
    }

    static List<Directive> parse(SourceText source, ImportNotes importNotes, Problems problems) {
        return new KeepalivedSyntax(source, importNotes, problems).parse();
    }

    private List<Directive> parse() {
        List<Directive> top = new ArrayList<>();
        open.push(top);
        List<String> texts = source.text().lines().toList();
        for (int number = 1; number <= texts.size(); number++) {
            int first = number;
            StringBuilder text = new StringBuilder(texts.get(number - 1));
            while (KeepalivedWords.isContinued(text) && number < texts.size()) {
                text.setLength(text.length() - 1);
                text.append(texts.get(number++));
            }
            line(first, KeepalivedWords.of(text.toString()));
        }
        if (open.size() > 1) {
            problems.add(
                    new Mark(lines.peek(), braces.peek().column()), "this block is not closed; add the missing brace");
        }
        return top;
    }

    private void line(int number, KeepalivedWords line) {
        Optional<Word> template = template(line.words());
        if (template.isPresent()) {
            problems.add(
                    new Mark(number, template.get().column()),
                    "a template's placeholder or statement begins here; give the file that was made of the template");
            return;
        }
        List<Word> words = new ArrayList<>();
        for (Word word : line.words()) {
            if (word.quoted() || !word.text().matches("[{}]")) {
                words.add(word);
                continue;
            }
            add(words, number);
            if (word.text().equals("{") && open.size() > MAX_DEPTH) {
                problems.add(new Mark(number, word.column()), "blocks are nested deeper than keepalived has any");
            } else if (word.text().equals("{")) {
                if (open.peek().isEmpty() && refused) {
                    open.push(new ArrayList<>());
                } else if (open.peek().isEmpty()) {
                    problems.add(new Mark(number, word.column()), "a block without a name; write one before the brace");
                    open.push(new ArrayList<>());
                } else {
                    open.push(open.peek().get(open.peek().size() - 1).children());
                }
                braces.push(word);
                lines.push(number);
            } else if (open.size() == 1) {
                problems.add(new Mark(number, word.column()), "a closing brace without an opening one; remove it");
            } else {
                open.pop();
                braces.pop();
                lines.pop();
            }
        }
        Optional<Directive> last = add(words, number);
        if (line.isCut()) {
            last.ifPresent(directive -> importNotes.notCarried(
                    directive,
                    "to keepalived # and ! begin a comment within a word as well; if the value goes on there, put it in"
                            + " double quotes on all nodes first"));
        }
    }

    /** Where <code>{{</code> or <code>{%</code> stands, as in the templates of Ansible, Salt and Helm. */
    private static Optional<Word> template(List<Word> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            Word brace = words.get(i);
            Word next = words.get(i + 1);
            if (!brace.quoted()
                    && brace.text().equals("{")
                    && !next.quoted()
                    && next.column() == brace.column() + 1
                    && next.text().matches("\\{|%.*")) {
                return Optional.of(brace);
            }
        }
        return Optional.empty();
    }

    /** A semicolon ends a directive where people are used to that from other files. */
    private Optional<Directive> add(List<Word> words, int line) {
        List<Word> directive = new ArrayList<>();
        for (Word word : words) {
            if (word.quoted() || !word.text().equals(";")) {
                directive.add(word);
            } else {
                addOne(directive, line)
                        .ifPresent(added -> importNotes.notCarried(
                                added,
                                "keepalived knows no semicolons and refuses such a value; it was read without the"
                                        + " semicolon, as it seems meant"));
                directive.clear();
            }
        }
        words.clear();
        return addOne(directive, line);
    }

    private Optional<Directive> addOne(List<Word> words, int line) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (words.size() == 4
                && words.get(0).text().equals("auth_type")
                && words.get(2).text().equals("auth_pass")) {
            addOne(words.subList(0, 2), line); // a block in one line
            return addOne(words.subList(2, 4), line);
        }
        Directive directive = new Directive(source.name(), line, words);
        refused = isRefused(directive, words);
        if (refused) {
            return Optional.empty();
        }
        open.peek().add(directive);
        return Optional.of(directive);
    }

    private boolean isRefused(Directive directive, List<Word> words) {
        String name = directive.name();
        if (name.startsWith("include")) {
            problems.add(
                    directive.mark(), name + ": other files are not read; put their text here, or give them instead");
            return true;
        }
        if (name.startsWith("@")) {
            problems.add(
                    directive.mark(),
                    name + ": conditional lines depend on the node; write one file for each node, without them");
            return true;
        }
        if (name.startsWith("$")) {
            problems.add(directive.mark(), name + ": definitions are not expanded; write the value where it is used");
            return true;
        }
        if (name.matches("~(SEQ|LST)\\b.*")) {
            problems.add(
                    directive.mark(), name.substring(0, 4) + ": repeated lines are not expanded; write each of them");
            return true;
        }
        return !Unreadable.report(source, directive, words, true, problems);
    }
}
