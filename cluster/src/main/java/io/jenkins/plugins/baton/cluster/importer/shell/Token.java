package io.jenkins.plugins.baton.cluster.importer.shell;

/**
 * A word or an operator of a command line.
 *
 * @param text a word without its quotes
 * @param quoted whether a part of a word stood in quotes
 * @param expands whether the shell would put something else in its place: a variable, a pattern, a command's output
 */
record Token(String text, boolean operator, boolean quoted, boolean expands) {
    boolean is(String otherOperator) {
        return operator && text.equals(otherOperator);
    }
}
