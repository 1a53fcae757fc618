package io.jenkins.plugins.baton.agent.management;

/** The agent cannot be made manageable, or cannot be reached. The message is a sentence for a person. */
public final class ManagementException extends Exception {
    private static final long serialVersionUID = 1;

    public ManagementException(String message) {
        super(message);
    }

    public ManagementException(String message, Throwable cause) {
        super(message, cause);
    }
}
