package io.jenkins.plugins.baton.lab.soak;

import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files a process may have open here: the crowd, the backends and the agents inherit it. */
final class OpenFiles {
    private static final int WANTED = 262_144;
    private static final Pattern HARD_LIMIT = Pattern.compile("Max open files +\\d+ +(\\d+)");

    private OpenFiles() {}

    /** Raises the limit where this machine permits it. */
    static void raise() {
        String self = Long.toString(ProcessHandle.current().pid());
        Command.run("prlimit", "--pid", self, "--nofile=" + WANTED + ":" + WANTED);
    }

    /**
     * How many connections one agent can have, when a single node gets all of them: a session of the proxy plane takes two
     * files, and one client address may have half of those.
     */
    static int connections(Plane plane) {
        int usable = (int) (limit() * 0.9);
        return plane == Plane.PROXY ? usable / 4 : usable;
    }

    private static int limit() {
        try {
            Matcher limit = HARD_LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
            return limit.find() ? Integer.parseInt(limit.group(1)) : WANTED;
        } catch (IOException e) {
            throw new LabException("cannot read /proc/self/limits: " + e.getMessage(), e);
        }
    }
}
