package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.LabProgram;
import java.util.List;

/** The command that runs a class of this package in a JVM of its own. */
final class Program {
    private Program() {}

    static List<String> command(Class<?> program, String... arguments) {
        return LabProgram.command(List.of("-XX:+UseSerialGC", "-Xmx128m"), program, arguments);
    }
}
