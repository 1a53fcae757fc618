package io.jenkins.plugins.baton.cluster.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The syntax of haproxy.cfg (configuration manual, section 2.2): sections of lines, quotes, backslashes, {@code #}. */
final class HaproxySyntax {
    private static final Set<String> SECTIONS = Set.of(
            "global",
            "defaults",
            "frontend",
            "backend",
            "listen",
            "userlist",
            "peers",
            "resolvers",
            "mailers",
            "cache",
            "program",
            "ring",
            "http-errors",
            "fcgi-app",
            "log-forward",
            "crt-store",
            "traces");

    private HaproxySyntax() {}

    static List<Directive> parse(SourceText source) throws ImportException {
        List<Directive> sections = new ArrayList<>();
        int line = 0;
        for (String text : source.text().lines().toList()) {
            line++;
            List<String> words = words(source, line, text);
            if (words.isEmpty()) {
                continue;
            }
            String name = words.get(0);
            Directive directive = new Directive(source.name(), line, words, new ArrayList<>());
            if (name.startsWith(".")) {
                throw ImportException.at(
                        source.name(), line, name + ": conditional lines are not evaluated; write the lines that hold");
            }
            if (name.equals("include")) {
                throw ImportException.at(source.name(), line, "include: other files are not read; put their text here");
            }
            if (SECTIONS.contains(name)) {
                sections.add(directive);
            } else if (sections.isEmpty()) {
                throw ImportException.at(
                        source.name(), line, "'" + name + "' stands before any section; is this a haproxy.cfg?");
            } else {
                sections.get(sections.size() - 1).children().add(directive);
            }
        }
        return sections;
    }

    private static List<String> words(SourceText source, int line, String text) throws ImportException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                inWord = true;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                inWord = true;
            } else if (quote == 0 && c == '#') {
                break;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw ImportException.at(source.name(), line, "a quote is not closed; add it");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
