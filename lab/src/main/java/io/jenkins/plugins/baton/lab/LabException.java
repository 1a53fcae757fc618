package io.jenkins.plugins.baton.lab;

/** The bench itself could not do what it was asked: a program is missing, a command failed, a condition never came. */
public final class LabException extends RuntimeException {
    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
