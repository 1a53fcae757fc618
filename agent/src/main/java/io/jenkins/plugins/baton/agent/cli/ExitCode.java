package io.jenkins.plugins.baton.agent.cli;

/** The exit codes of the commands; part of the contract, see docs/agent.md. */
final class ExitCode {
    static final int OK = 0;
    /** Something failed at run time. */
    static final int FAILED = 1;
    /** The command line or a file cannot be used; nothing was started or changed. */
    static final int BAD_INPUT = 2;
    /** There is no agent to talk to. */
    static final int NOT_RUNNING = 3;

    private ExitCode() {}
}
