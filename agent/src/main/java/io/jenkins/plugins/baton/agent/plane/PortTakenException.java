package io.jenkins.plugins.baton.agent.plane;

/** A frontend cannot be served as long as another program has its port. */
public final class PortTakenException extends PlaneException {
    private static final long serialVersionUID = 1;

    public PortTakenException(String message, Throwable cause) {
        super(message, cause);
    }
}
