package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import java.time.Duration;

/** The agent does not start. What had been started has been ended again. The message is for the operator. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    StartException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Something on this machine failed that may work another time. */
    static StartException failed(Throwable cause) {
        return new StartException(
                ExitCode.FAILED, cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }

    /** @param what did not happen within the time, as a sentence without its end */
    static StartException late(String what, Duration timeout) {
        return new StartException(
                ExitCode.FAILED,
                what + " within " + timeout.toSeconds() + " s; try again when this machine is less busy",
                null);
    }

    /** What was given cannot work here, however often it is tried. */
    static StartException badInput(String message) {
        return new StartException(ExitCode.BAD_INPUT, message, null);
    }

    public int exitCode() {
        return exitCode;
    }
}
