package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.LabClasspath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs a class of this package in a JVM of its own. */
final class Program {
    private Program() {}

    static List<String> command(Class<?> program, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(
                List.of(java, "-XX:+UseSerialGC", "-Xmx128m", "-cp", LabClasspath.path(), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
