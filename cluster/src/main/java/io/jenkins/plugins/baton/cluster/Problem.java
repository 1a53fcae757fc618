package io.jenkins.plugins.baton.cluster;

/**
 * One mistake in a file, as a person reads it.
 *
 * @param file the file's name as it was given
 * @param line 1-based
 * @param column 1-based, in characters
 * @param message one sentence: what, the value, what to do
 */
public record Problem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return place() + message;
    }

    /** The same for something that is valid, and worth a look. */
    public String asWarning() {
        return place() + "warning: " + message;
    }

    private String place() {
        return file + ":" + line + ":" + column + ": ";
    }
}
