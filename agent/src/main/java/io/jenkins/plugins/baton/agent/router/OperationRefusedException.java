package io.jenkins.plugins.baton.agent.router;

/** What an operator asked of a virtual router is not done; the message is a sentence for them. */
public final class OperationRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean badInput;

    private OperationRefusedException(String sentence, boolean badInput) {
        super(sentence);
        this.badInput = badInput;
    }

    /** What was named does not exist: it can never be done. */
    static OperationRefusedException badInput(String sentence) {
        return new OperationRefusedException(sentence, true);
    }

    /** It cannot be done now, or was not done in time. */
    public static OperationRefusedException failed(String sentence) {
        return new OperationRefusedException(sentence, false);
    }

    /** The thread that was doing it failed by a defect of this program, which is in the log. */
    static OperationRefusedException broken(Throwable defect) {
        OperationRefusedException refused =
                failed("the VRRP thread failed meanwhile by an internal error; please report what the log says of it");
        refused.initCause(defect);
        return refused;
    }

    public boolean isBadInput() {
        return badInput;
    }
}
