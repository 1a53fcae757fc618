package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.fleet.Progress;
import java.io.PrintWriter;

/** Progress where nobody looks at it as it comes: a line each. */
final class PlainLines implements Progress {
    private final PrintWriter writer;

    PlainLines(PrintWriter writer) {
        this.writer = writer;
    }

    @Override
    public synchronized void say(String node, String line) {
        writer.println(Progress.text(node, line));
        writer.flush();
    }
}
