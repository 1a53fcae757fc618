package io.jenkins.plugins.baton.lab.soak;

/**
 * A connection of the crowd that broke.
 *
 * @param at when the client knew, by {@link System#nanoTime}
 * @param node whose backend had it
 */
record Loss(long at, String kind, String node, String reason) {
    @Override
    public String toString() {
        return kind + " at " + node + ": " + reason;
    }
}
