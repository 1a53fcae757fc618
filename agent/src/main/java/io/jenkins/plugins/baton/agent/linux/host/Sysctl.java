package io.jenkins.plugins.baton.agent.linux.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A kernel parameter under {@code /proc/sys}. {@code net} is that of the calling thread's network namespace.
 *
 * <p>Keys are given by segments because an interface name may have a dot: {@code Sysctl.of("net", "ipv4", "conf",
 * "eth0.10", "arp_ignore")}.
 */
public record Sysctl(Path file) {

    public static Sysctl of(String first, String... more) {
        Path root = Path.of("/proc/sys");
        return new Sysctl(root.resolve(Path.of(first, more)));
    }

    /** @throws IOException when this kernel has no such parameter */
    public String read() throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    /**
     * Writes the value unless it is there: in a container parameters can be what they must be, and read-only.
     *
     * @return whether it was another one
     */
    public boolean ensure(String value) throws IOException {
        boolean other = !read().equals(value);
        if (other) {
            write(value);
        }
        return other;
    }

    public void write(String value) throws IOException {
        Files.writeString(file, value + "\n", StandardCharsets.US_ASCII);
    }
}
