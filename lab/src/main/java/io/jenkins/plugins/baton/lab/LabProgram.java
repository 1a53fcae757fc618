package io.jenkins.plugins.baton.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs a class of the lab in a JVM of its own, the same as this one. */
public final class LabProgram {
    private LabProgram() {}

    /** @param options of the JVM */
    public static List<String> command(List<String> options, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", LabClasspath.path(), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
