package io.jenkins.plugins.baton.fleet.deploy.preflight;

/**
 * Something that a preflight found.
 *
 * @param node the node's name; empty when it is about the cluster
 * @param error whether it forbids the deployment
 * @param text one sentence: what, the value, what to do
 */
public record NodeProblem(String node, boolean error, String text) {
    static NodeProblem error(String node, String text) {
        return new NodeProblem(node, true, text);
    }

    public static NodeProblem warning(String node, String text) {
        return new NodeProblem(node, false, text);
    }

    @Override
    public String toString() {
        return (node.isEmpty() ? "" : node + ": ") + (error ? "" : "warning: ") + text;
    }
}
