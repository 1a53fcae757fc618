package io.jenkins.plugins.baton.agent.management.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who holds a node's lock, as the lock file says.
 *
 * @param pid process identifier in the holder's process namespace
 * @param networkNamespace as in {@code net:[4026531840]}: two processes see the same addresses when this is equal
 */
record LockHolder(long pid, String networkNamespace) {
    private static final Path OWN_NAMESPACE = Path.of("/proc/self/ns/net");
    private static final Pattern TEXT = Pattern.compile("pid (\\d+)\\nnetwork namespace (\\S+)\\n");

    static LockHolder self() throws IOException {
        return new LockHolder(
                ProcessHandle.current().pid(),
                Files.readSymbolicLink(OWN_NAMESPACE).toString());
    }

    String text() {
        return "pid " + pid + "\nnetwork namespace " + networkNamespace + "\n";
    }

    /** Empty when the file is not there, not readable, or is being written. */
    static Optional<LockHolder> read(Path lock) {
        try {
            Matcher text = TEXT.matcher(Files.readString(lock));
            return text.matches()
                    ? Optional.of(new LockHolder(Long.parseLong(text.group(1)), text.group(2)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
