package io.jenkins.plugins.baton.agent.plane;

/** A frontend cannot be served. The message is a sentence for the person who wrote the cluster file. */
public class PlaneException extends Exception {
    public PlaneException(String message) {
        super(message);
    }

    public PlaneException(String message, Throwable cause) {
        super(message, cause);
    }
}
