package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import java.util.Optional;

/**
 * A script in an instance's {@code track_script}.
 *
 * @param weight instead of the script's own
 * @param reverse instead of the script's own
 */
public record Tracked(Directive line, String script, Optional<Integer> weight, Optional<Boolean> reverse) {
    public boolean isSame(Tracked other) {
        return script.equals(other.script) && weight.equals(other.weight) && reverse.equals(other.reverse);
    }
}
