package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.fleet.ssh.Command;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a node does by itself when whoever has its lock is gone without having withdrawn it: it puts in order what was begun.
 * The lock is free when that is done. A recovery does not survive a boot.
 */
public final class LostOperatorRecovery {
    private static final String FILE = "/run/baton-fleet.recovery";

    private LostOperatorRecovery() {}

    /**
     * Takes the place of an earlier one. Only for one who has the lock.
     *
     * @param scripts done in this order, whatever becomes of each; the variable {@code failed} is not empty after one failed
     */
    public static Command state(List<Command> scripts) {
        // Each in a shell of its own: a subshell before || would not heed its set -e (POSIX, "set").
        String text = scripts.stream()
                .map(command -> "sh -c " + Command.quote(command.script()) + " || failed=yes\n")
                .collect(Collectors.joining("", "export failed=\n", ""));
        return Command.asRoot("# state the recovery\numask 077; cat > " + FILE + ".new && mv " + FILE + ".new " + FILE)
                .reading(text);
    }

    public static Command withdraw() {
        return Command.asRoot("# withdraw the recovery\nrm -f " + FILE);
    }
}
