package io.jenkins.plugins.baton.cluster.file.yaml;

import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import java.util.Optional;

/** What is not YAML at all, as one sentence at its place. */
@SuppressWarnings("deprecation") // Jackson has no other type that tells the place and the context of a syntax error.
final class SyntaxError {
    private SyntaxError() {}

    static void report(JacksonYAMLParseException e, String text, Problems problems) {
        if (e instanceof MarkedYAMLException marked) {
            int line = marked.getProblemMark().getLine() + 1;
            Optional<LookAlike> lookAlike = LookAlike.before(text, line);
            if (lookAlike.isPresent()) {
                problems.add(
                        lookAlike.get().mark(),
                        "not valid YAML: " + lookAlike.get().sentence());
                return;
            }
            problems.add(
                    new Mark(line, marked.getProblemMark().getColumn() + 1), "not valid YAML: " + sentence(marked));
        } else {
            problems.add(
                    Mark.START,
                    "not valid YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse("unreadable"));
        }
    }

    private static String sentence(MarkedYAMLException e) {
        // The parser's advice in brackets is about tabs, which are refused before.
        String problem = e.getProblem() == null
                ? "unreadable"
                : e.getProblem().replaceFirst("\\. ?\\(Do not use .* for indentation\\)", "");
        String began = e.getContextMark() == null
                ? ""
                : " that began in line " + (e.getContextMark().getLine() + 1);
        String context = e.getContext() == null ? "" : " " + e.getContext() + began;
        return (problem + context).replaceAll("\\s+", " ") + "; check indentation, colons, brackets and quotes here";
    }
}
