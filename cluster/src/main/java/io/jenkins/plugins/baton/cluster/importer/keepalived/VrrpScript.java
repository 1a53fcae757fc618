package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import java.time.Duration;
import java.util.List;

/**
 * A {@code vrrp_script} as one keepalived.conf has it.
 *
 * @param command what runs, as it would stand behind {@code sh -c}
 * @param weight 0 means that a failure is a fault of the instance
 * @param reverse whether success counts as failure does otherwise, and the other way round
 * @param lines of the block that its check carries, the block's own first
 */
public record VrrpScript(
        Directive block,
        String name,
        String command,
        Duration interval,
        Duration timeout,
        int fall,
        int rise,
        int weight,
        boolean reverse,
        List<Directive> lines) {

    /** Whether two nodes have the same. */
    public boolean isSame(VrrpScript other) {
        return command.equals(other.command)
                && interval.equals(other.interval)
                && timeout.equals(other.timeout)
                && fall == other.fall
                && rise == other.rise
                && weight == other.weight
                && reverse == other.reverse;
    }
}
