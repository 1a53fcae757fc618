package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import io.jenkins.plugins.baton.cluster.importer.text.Unreadable;
import io.jenkins.plugins.baton.cluster.importer.text.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sections of haproxy.cfg. */
public final class HaproxySyntax {
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
            "log-profile",
            "crt-store",
            "acme",
            "traces");

    /** Lines whose values are needed. In others a variable that nobody can expand does no harm. */
    private static final Set<String> READ = Set.of(
            "frontend",
            "backend",
            "listen",
            "defaults",
            "bind",
            "server",
            "server-template",
            "default-server",
            "default_backend",
            "use_backend",
            "mode",
            "balance",
            "timeout",
            "contimeout",
            "clitimeout",
            "srvtimeout",
            "option",
            "http-check");

    private HaproxySyntax() {}

    public static List<Directive> parse(SourceText source, Problems problems) {
        List<Directive> sections = new ArrayList<>();
        int number = 0;
        for (String text : source.text().lines().toList()) {
            number++;
            HaproxyWords line = HaproxyWords.of(text);
            if (line.error().isPresent()) {
                problems.add(new Mark(number, line.column()), line.error().get());
            } else if (line.variable() > 0 && READ.contains(line.words().get(0).text())) {
                problems.add(new Mark(number, line.variable()), "an environment variable; write its value");
            } else if (!line.words().isEmpty()) {
                add(source, new Directive(source.name(), number, line.words()), line.words(), sections, problems);
            }
        }
        return sections;
    }

    private static void add(
            SourceText source, Directive line, List<Word> words, List<Directive> sections, Problems problems) {
        Optional<String> refusal = refusal(line, sections);
        if (refusal.isPresent()) {
            problems.add(line.mark(), refusal.get());
        } else if (Unreadable.report(source, line, words, READ.contains(line.name()), problems)) {
            (SECTIONS.contains(line.name())
                            ? sections
                            : sections.get(sections.size() - 1).children())
                    .add(line);
        }
    }

    /** Letters of ASCII, digits and four signs (configuration manual, "Proxies"). */
    static boolean isName(String text) {
        return text.matches("[A-Za-z0-9_.:-]*");
    }

    private static Optional<String> refusal(Directive line, List<Directive> sections) {
        String name = line.name();
        if (name.startsWith(".")) {
            return Optional.of(name + ": conditional lines are not evaluated; write the lines that hold");
        }
        if (name.equals("include")) {
            return Optional.of("include: other files are not read; put their text here");
        }
        if (sections.isEmpty() && !SECTIONS.contains(name)) {
            return Optional.of("'" + name + "' stands before any section; is this a haproxy.cfg?");
        }
        return Optional.empty();
    }
}
