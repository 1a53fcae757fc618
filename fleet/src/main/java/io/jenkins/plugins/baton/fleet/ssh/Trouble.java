package io.jenkins.plugins.baton.fleet.ssh;

/** What stood between us and what was to be done on a node. */
public enum Trouble {
    /** Its host, or the way to it, gave no answer: that may change by itself. */
    UNREACHABLE,
    /** A key, a password, a name or a host key is refused: it stays so until a person changes something. */
    SHUT_OUT,
    /** It was reached; something on it went wrong. */
    ON_NODE
}
