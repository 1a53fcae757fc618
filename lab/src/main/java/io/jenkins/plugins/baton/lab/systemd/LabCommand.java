package io.jenkins.plugins.baton.lab.systemd;

import java.io.IOException;
import java.nio.file.Path;

/** {@code make lab} and {@code make lab-down}. */
public final class LabCommand {
    private static final String NAME = "baton";

    private LabCommand() {}

    /** @param arguments {@code up} or {@code down}, then the lab's folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("down")) {
            SystemdLab.open(NAME, folder).close();
            System.out.println("The lab is gone.");
            return;
        }
        System.out.println("Three Debian hosts boot (the first time a tree is made for them: a minute or two) ...");
        SystemdLab lab = SystemdLab.start(NAME, folder);
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
