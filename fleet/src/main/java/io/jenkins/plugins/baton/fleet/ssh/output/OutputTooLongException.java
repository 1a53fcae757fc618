package io.jenkins.plugins.baton.fleet.ssh.output;

import java.io.IOException;

/** A command says more than any command of ours has to say; it is not kept in memory. */
public final class OutputTooLongException extends IOException {
    private static final long serialVersionUID = 1;

    OutputTooLongException(int limit) {
        super("more than " + limit + " characters");
    }
}
