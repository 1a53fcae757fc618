package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.fleet.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A graphical JMX client that may be installed here. */
enum JmxTool {
    /** Its tree begins with the nodes; otherwise it would with the types. */
    JCONSOLE(
            "jconsole",
            List.of("-J-Dcom.sun.tools.jconsole.mbeans.keyPropertyList=node,type"),
            "it comes with a JDK (Debian: openjdk-17-jdk)"),
    VISUALVM("visualvm", List.of("--openjmx"), "install it (Debian: visualvm and default-jdk)");

    private final String program;
    private final List<String> options;
    private final String remedy;

    JmxTool(String program, List<String> options, String remedy) {
        this.program = program;
        this.options = options;
        this.remedy = remedy;
    }

    /** Opens it on an address; empty when it is not here, which is told. */
    Optional<RunningTool> start(String url, Progress progress) {
        Optional<Path> found = find(System.getenv("JAVA_HOME"), System.getenv("PATH"));
        if (found.isEmpty()) {
            progress.say("there is no " + program + " on the PATH or in JAVA_HOME; " + remedy
                    + ", or open the address in another JMX client");
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(found.get().toString()));
        command.addAll(options);
        command.add(url);
        try {
            return Optional.of(RunningTool.start(program, new ProcessBuilder(command), progress));
        } catch (IOException e) {
            progress.say("cannot start " + found.get() + " (" + e.getMessage()
                    + "); open the address in another JMX client");
            return Optional.empty();
        }
    }

    /** @param javaHome and {@code path}: variables of the environment, or null */
    Optional<Path> find(String javaHome, String path) {
        Stream<String> folders = Stream.of((path == null ? "" : path).split(File.pathSeparator));
        Stream<String> home = Stream.ofNullable(javaHome).map(folder -> folder + File.separator + "bin");
        return Stream.concat(folders, home)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
