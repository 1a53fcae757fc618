package io.jenkins.plugins.baton.lab.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of /proc with lines such as {@code VmRSS:   1234 kB}. */
final class StatusFile {
    private StatusFile() {}

    /** The number in the line that begins with a name. */
    static long number(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + name + " in " + file);
    }
}
