package io.jenkins.plugins.baton.agent.management.control;

/** The exit codes of the commands, which the control socket carries too; part of the contract, see docs/agent.md. */
public final class ExitCode {
    public static final int OK = 0;
    /** Something failed at run time. */
    public static final int FAILED = 1;
    /** The command line or a file cannot be used; nothing was started or changed. */
    public static final int BAD_INPUT = 2;
    /** There is no agent to talk to. */
    public static final int NOT_RUNNING = 3;

    private ExitCode() {}
}
