package io.jenkins.plugins.baton.fleet.status;

import java.util.List;

/** Sees every look at the nodes that a command takes. Called by the command's thread, which waits for it. */
@FunctionalInterface
public interface Viewer {
    /** One who does not care. */
    Viewer NONE = (stage, view, missing) -> {};

    /** @param missing what is missing for a steady cluster, a sentence each */
    void see(Stage stage, View view, List<String> missing);
}
