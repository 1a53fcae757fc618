package io.jenkins.plugins.baton.agent.daemon;

import java.time.Duration;

/** The agent does not start. What had been started has been ended again. The message is for the operator. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    /** Something on this machine failed that may work another time: exit code 1. */
    public static final int FAILED = 1;
    /** What was given cannot work here, however often it is tried: exit code 2. */
    public static final int BAD_INPUT = 2;

    private final int exitCode;

    StartException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    static StartException failed(Throwable cause) {
        return new StartException(FAILED, cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }

    /** @param what did not happen within the time, as a sentence without its end */
    static StartException late(String what, Duration timeout) {
        return new StartException(
                FAILED, what + " within " + timeout.toSeconds() + " s; try again when this machine is less busy", null);
    }

    static StartException badInput(String message) {
        return new StartException(BAD_INPUT, message, null);
    }

    public int exitCode() {
        return exitCode;
    }
}
