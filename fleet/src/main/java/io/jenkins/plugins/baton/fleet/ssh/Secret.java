package io.jenkins.plugins.baton.fleet.ssh;

/** A passphrase or password. It is in no message: {@link #toString} never shows it. */
public record Secret(String value) {

    /** A copy that its user may wipe. */
    public char[] characters() {
        return value.toCharArray();
    }

    @Override
    public String toString() {
        return "****";
    }
}
