package io.jenkins.plugins.baton.lab.bench.idle;

import io.jenkins.plugins.baton.lab.LabException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a cluster is that does nothing.
 *
 * @param nodes 3 to 7
 * @param frontends each with a backend on every node
 */
public record ClusterSize(int nodes, int frontends) {
    private static final Pattern TEXT = Pattern.compile("([3-7])x([1-9]\\d?)");

    /** @param text nodes and frontends, as in {@code 3x10} */
    public static ClusterSize of(String text) {
        Matcher size = TEXT.matcher(text);
        if (!size.matches()) {
            throw new LabException(
                    "`" + text + "` is no size of a cluster: write nodes (3 to 7) and frontends, as in 3x10");
        }
        return new ClusterSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }

    @Override
    public String toString() {
        return nodes + " nodes" + (frontends == 1 ? "" : ", " + frontends + " frontends");
    }
}
