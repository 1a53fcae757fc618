package io.jenkins.plugins.baton.cluster.file.format;

/** A scalar is not what its type wants; the message goes on after the value: {@code is not …; write …}. */
public final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message, null, false, false);
    }
}
