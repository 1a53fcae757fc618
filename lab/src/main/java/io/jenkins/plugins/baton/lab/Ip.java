package io.jenkins.plugins.baton.lab;

import java.util.List;

/** iproute2 in a namespace. */
final class Ip {
    private Ip() {}

    /** Runs several `ip` commands in one process; the first that fails ends it. */
    static void batch(String namespace, List<String> commands) {
        Command.run(List.of("ip", "-n", namespace, "-batch", "-"), String.join("\n", commands) + "\n")
                .orThrow();
    }
}
