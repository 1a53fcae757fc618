package io.jenkins.plugins.baton.lab.jenkins;

import io.jenkins.plugins.baton.lab.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose Jenkins it is: a pipeline can run any command.
 *
 * @param user number of the user
 * @param group number of its group
 */
record Account(String user, String group) {
    /** Who called sudo; nobody where root itself called. */
    static Account ordinary() {
        String caller = System.getenv("SUDO_UID");
        if (caller != null && !caller.equals("0")) {
            return new Account(caller, System.getenv("SUDO_GID"));
        }
        return new Account(number("-u"), number("-g"));
    }

    private static String number(String what) {
        return Command.run("id", what, "nobody").orThrow().output().strip();
    }

    /** Makes directories its own, for no one else to read. */
    void own(Path... directories) {
        for (Path directory : directories) {
            Command.run("chown", "-R", user + ":" + group, directory.toString()).orThrow();
            Command.run("chmod", "0700", directory.toString()).orThrow();
        }
    }

    /** The words that begin a command which is to run as this user, in a session of its own. */
    List<String> prefix() {
        return new ArrayList<>(List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "setsid"));
    }
}
