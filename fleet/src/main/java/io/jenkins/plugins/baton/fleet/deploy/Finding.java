package io.jenkins.plugins.baton.fleet.deploy;

/**
 * Something that a preflight found.
 *
 * @param node the node's name; empty when it is about the cluster
 * @param error whether it forbids the deployment
 * @param text one sentence: what, the value, what to do
 */
public record Finding(String node, boolean error, String text) {
    static Finding error(String node, String text) {
        return new Finding(node, true, text);
    }

    static Finding warning(String node, String text) {
        return new Finding(node, false, text);
    }

    @Override
    public String toString() {
        return (node.isEmpty() ? "" : node + ": ") + (error ? "" : "warning: ") + text;
    }
}
