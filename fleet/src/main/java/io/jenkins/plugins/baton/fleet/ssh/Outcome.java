package io.jenkins.plugins.baton.fleet.ssh;

/**
 * How a command ended.
 *
 * @param status its exit status; -1 when a signal ended it
 * @param output its standard output
 * @param errors its standard error
 */
public record Outcome(int status, String output, String errors) {
    public boolean succeeded() {
        return status == 0;
    }

    /** What a person should read of a failed command: the last words of its standard error, or else of its output. */
    public String complaint() {
        String text = errors.isBlank() ? output.strip() : errors.strip();
        String shown = text.length() > 600 ? "…" + text.substring(text.length() - 600) : text;
        return shown.isEmpty() ? "status " + status + " without a word" : shown;
    }
}
