package io.jenkins.plugins.baton.fleet;

import java.util.List;

/** A command on the fleet ended without success. The message has one sentence a line, each with node and remedy. */
public final class FleetException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why; each has an exit code of its own. */
    public enum Kind {
        /** What was asked for cannot be: nothing was touched. */
        BAD_INPUT(2),
        /** The cluster is not in a state in which it may be done: nothing was changed. */
        REFUSED(3),
        /** A node could not be reached, or something on it failed. */
        FAILED(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    private FleetException(Kind kind, List<String> reasons, Throwable cause) {
        super(String.join("\n", reasons), cause);
        this.kind = kind;
    }

    public static FleetException badInput(String reason) {
        return new FleetException(Kind.BAD_INPUT, List.of(reason), null);
    }

    public static FleetException refused(List<String> reasons) {
        return new FleetException(Kind.REFUSED, reasons, null);
    }

    public static FleetException failed(List<String> reasons) {
        return new FleetException(Kind.FAILED, reasons, null);
    }

    public static FleetException failed(String reason, Throwable cause) {
        return new FleetException(Kind.FAILED, List.of(reason), cause);
    }

    public Kind kind() {
        return kind;
    }
}
