package io.jenkins.plugins.baton.lab.systemd;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The hosts for a shell script, called with a verb, the lab's name and its folder. {@code up} boots them, {@code down}
 * removes them, {@code operator} prints the words before a command that is to run at the operator's place, and
 * {@code guide} tells a person how to play with them.
 */
public final class LabCommand {
    private LabCommand() {}

    public static void main(String[] arguments) throws IOException {
        String name = arguments[1];
        Path folder = Path.of(arguments[2]);
        switch (arguments[0]) {
            case "up" -> SystemdLab.start(name, folder);
            case "down" -> SystemdLab.open(name, folder).close();
            case "operator" -> System.out.println(String.join(" ", SystemdLab.open(name, folder).operatorPrefix()));
            case "guide" -> guide(SystemdLab.open(name, folder));
            default -> throw new IllegalArgumentException("The verbs are up, down, operator and guide");
        }
    }

    private static void guide(SystemdLab lab) {
        System.out.printf("""
                m1, m2 and m3 run, each with a member of one etcd quorum on port %d, and no Java.
                The cluster file is %s. From the operator's place:

                  %s fleet/target/baton/bin/baton deploy -f %2$s
                  %3$s fleet/target/baton/bin/baton drill -f %2$s --scenario all --report target/drills
                  %3$s ssh -i %s -o UserKnownHostsFile=%s root@%s

                `make lab-down` removes all of it.
                """, Etcd.PORT, lab.clusterFile(), String.join(" ", lab.operatorPrefix()), lab.identity(),
                lab.knownHosts(), lab.address("m1"));
    }
}
