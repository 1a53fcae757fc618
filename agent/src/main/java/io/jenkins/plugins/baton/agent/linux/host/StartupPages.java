package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pages of programs and of the class archive that the start needed, and nobody since: they are clean copies of files, and
 * locked all the same once they were touched. They are given back to the kernel; what is needed again is mapped again at its
 * next use, from the page cache, within a microsecond. And what the C library keeps of freed memory.
 */
public final class StartupPages {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final int MADV_DONTNEED = 4;

    private StartupPages() {}

    /** Memory from {@code start} to {@code end} that is a file's, cannot be written to, and never was. */
    record Mapping(long start, long end) {}

    /**
     * Gives them all back. Takes about a millisecond, in which the memory is not locked.
     *
     * @throws LinuxException when the memory cannot be locked again
     */
    public static void release() throws IOException {
        List<Mapping> mappings;
        try (BufferedReader smaps = Files.newBufferedReader(MAPPINGS)) {
            mappings = cleanFiles(smaps);
        }
        boolean locked = RealTime.isMemoryLocked();
        if (locked) {
            Libc.munlockall(); // locked pages stay
        }
        Libc.malloc_trim(0); // in vain while it is locked
        for (Mapping mapping : mappings) {
            Libc.madvise(mapping.start, mapping.end - mapping.start, MADV_DONTNEED);
        }
        if (locked) {
            RealTime.lockMemory();
        }
    }

    /**
     * One that has anonymous pages is left alone, whatever its permissions are now: it was written to before, as the linker
     * does with its tables, and the file does not have what stands there.
     */
    static List<Mapping> cleanFiles(BufferedReader smaps) throws IOException {
        List<Mapping> mappings = new ArrayList<>();
        Mapping candidate = null;
        for (String line = smaps.readLine(); line != null; line = smaps.readLine()) {
            if (isHeading(line)) {
                candidate = candidate(line);
            } else if (candidate != null && line.startsWith("Anonymous:") && line.endsWith(" 0 kB")) {
                mappings.add(candidate);
            }
        }
        return mappings;
    }

    /** {@code 7f0000000000-7f0000001000 r-xp 00000000 08:01 1234   /usr/lib/libc.so.6}; the others are {@code Name: value}. */
    private static boolean isHeading(String line) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ');
        return dash > 0 && dash < space && line.charAt(space - 1) != ':';
    }

    private static Mapping candidate(String heading) {
        int dash = heading.indexOf('-');
        int space = heading.indexOf(' ');
        String permissions = heading.substring(space + 1, space + 5);
        boolean clean = permissions.charAt(1) == '-' && permissions.charAt(3) == 'p' && heading.indexOf('/') > 0;
        return clean
                ? new Mapping(
                        Long.parseUnsignedLong(heading, 0, dash, 16),
                        Long.parseUnsignedLong(heading, dash + 1, space, 16))
                : null;
    }
}
