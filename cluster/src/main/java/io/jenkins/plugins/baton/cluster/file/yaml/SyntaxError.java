package io.jenkins.plugins.baton.cluster.file.yaml;

import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;

/** What is not YAML at all, as one sentence at its place. */
@SuppressWarnings("deprecation") // Jackson has no other type that tells the place and the context of a syntax error.
final class SyntaxError {
    private SyntaxError() {}

    static void report(JacksonYAMLParseException e, Problems problems) {
        if (e instanceof MarkedYAMLException marked) {
            problems.add(
                    new Mark(
                            marked.getProblemMark().getLine() + 1,
                            marked.getProblemMark().getColumn() + 1),
                    "not valid YAML: " + sentence(marked));
        } else {
            problems.add(
                    Mark.START,
                    "not valid YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse("unreadable"));
        }
    }

    private static String sentence(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "unreadable" : e.getProblem();
        String began = e.getContextMark() == null
                ? ""
                : " that began in line " + (e.getContextMark().getLine() + 1);
        String context = e.getContext() == null ? "" : " " + e.getContext() + began;
        return (problem + context).replaceAll("\\s+", " ") + "; check indentation, colons, brackets and quotes here";
    }
}
