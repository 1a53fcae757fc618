package io.jenkins.plugins.baton.lab.jenkins;

import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A Jenkins for a shell script, called with a verb, its directory, and the name and the directory of the hosts' lab.
 * {@code up}, followed by a WAR, a directory of plugins and Baton's own, starts it, and the hosts where they do not run;
 * {@code down} removes it, and the hosts where it started them.
 */
public final class JenkinsCommand {
    private JenkinsCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(arguments);
        } catch (IOException | IllegalStateException | LabException e) {
            System.err.println("jenkins: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws IOException, InterruptedException {
        JenkinsTrial trial = new JenkinsTrial(
                Path.of(arguments[1]).toAbsolutePath(), SystemdLab.open(arguments[2], Path.of(arguments[3])));
        switch (arguments[0]) {
            case "up" ->
                trial.up(
                        new JenkinsHome.Parts(Path.of(arguments[4]), Path.of(arguments[5]), Path.of(arguments[6])),
                        () -> SystemdLab.start(
                                arguments[2], Path.of(arguments[3]), line -> System.out.println("  " + line)));
            case "down" -> trial.down();
            default -> throw new IllegalStateException("the verbs are up and down");
        }
    }
}
