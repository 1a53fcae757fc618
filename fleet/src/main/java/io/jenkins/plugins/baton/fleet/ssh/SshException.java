package io.jenkins.plugins.baton.fleet.ssh;

/** A node could not be reached, or a command on it did not end as it should. The message names the node and a remedy. */
public class SshException extends Exception {
    private static final long serialVersionUID = 1;

    private final String node;
    private final Trouble trouble;

    public SshException(String node, String message) {
        this(node, message, null);
    }

    public SshException(String node, String message, Throwable cause) {
        this(node, Trouble.ON_NODE, message, cause);
    }

    SshException(String node, Trouble trouble, String message, Throwable cause) {
        super(node + ": " + message, cause);
        this.node = node;
        this.trouble = trouble;
    }

    /** Name of the node. */
    public String node() {
        return node;
    }

    public Trouble trouble() {
        return trouble;
    }
}
