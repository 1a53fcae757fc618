package io.jenkins.plugins.baton.lab.systemd;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The hosts for a shell script, called with a verb, the lab's name and its folder. {@code up} boots them, {@code down}
 * removes them, {@code operator} prints the words before a command that is to run at the operator's place, {@code write}
 * (run there) puts keys into etcd until its input ends and tells what became of them, and {@code guide} tells a person how
 * to play with the hosts.
 */
public final class LabCommand {
    private LabCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(arguments[0], arguments[1], Path.of(arguments[2]));
        } catch (IOException | IllegalStateException e) {
            System.err.println("lab: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String verb, String name, Path folder) throws IOException, InterruptedException {
        switch (verb) {
            case "up" -> SystemdLab.start(name, folder, line -> System.out.println("  " + line));
            case "down" -> SystemdLab.open(name, folder).close();
            case "operator" ->
                System.out.println(
                        String.join(" ", SystemdLab.open(name, folder).operatorPrefix()));
            case "write" -> write(SystemdLab.open(name, folder));
            case "guide" -> guide(SystemdLab.open(name, folder));
            default -> throw new IllegalStateException("the verbs are up, down, operator, write and guide");
        }
    }

    private static void write(SystemdLab lab) throws IOException, InterruptedException {
        EtcdWriter writer = new EtcdWriter(SystemdLab.FRONTEND, lab.authority());
        Thread input = new Thread(LabCommand::awaitEndOfInput, "input");
        input.setDaemon(true);
        input.start();
        while (input.isAlive()) {
            writer.write();
        }
        System.out.println(writer.totals());
    }

    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // As good as its end: whoever held the other side is gone.
            return;
        }
    }

    private static void guide(SystemdLab lab) {
        System.out.printf(
                """
                m1, m2 and m3 run, each with a member of one etcd quorum on port %d, and no Java.
                The cluster file is %s. From the operator's place:

                  %s fleet/target/baton/bin/baton deploy -f %2$s
                  %3$s fleet/target/baton/bin/baton drill -f %2$s --scenario all --report target/drills
                  %3$s ssh -i %s -o UserKnownHostsFile=%s root@%s

                `make lab-down` removes all of it.
                """,
                Apiserver.PORT,
                lab.clusterFile(),
                String.join(" ", lab.operatorPrefix()),
                lab.identity(),
                lab.knownHosts(),
                lab.address("m1"));
    }
}
