package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginnings of the files that this process has mapped: a library's symbols and relocations, which the dynamic linker has used,
 * and the runtime's classes, most of which are in the class archive. What is needed again is read again. Code stays: a
 * takeover calls what nothing else does, and must not wait for a disk (docs/decisions/idle-memory.md).
 */
final class ProgramPages {
    private static final int MADV_DONTNEED = 4;

    /** Of the first line of each mapping in proc_pid_smaps(5). */
    private static final int HEADER_FIELDS = 6;

    private ProgramPages() {}

    /**
     * Addresses of memory.
     *
     * @param length in bytes
     */
    record Range(long start, long length) {}

    /** @throws LinuxException when the mapped files cannot be listed */
    static void release() throws LinuxException {
        try {
            List<String> mappings = Files.readAllLines(Path.of("/proc/self/smaps"), StandardCharsets.ISO_8859_1);
            for (Range range : releasable(mappings)) {
                Libc.madvise(range.start(), range.length(), MADV_DONTNEED); // what it refuses stays as it is
            }
        } catch (IOException e) {
            throw LinuxException.unsupported("list the mapped files of this process: " + e);
        }
    }

    /**
     * Nothing is lost with them: pages that were written to are in no file, and the kernel counts them as anonymous.
     *
     * @param smaps lines of /proc/PID/smaps
     */
    static List<Range> releasable(List<String> smaps) {
        List<Range> ranges = new ArrayList<>();
        Range file = null;
        for (String line : smaps) {
            if (!Character.isUpperCase(line.charAt(0))) {
                file = beginningOfFile(line.split(" +", HEADER_FIELDS));
                if (file != null) {
                    ranges.add(file);
                }
            } else if ((line.startsWith("Anonymous:") || line.startsWith("Swap:")) && !line.endsWith(" 0 kB")) {
                ranges.remove(file);
            }
        }
        return ranges;
    }

    /**
     * Null when it is none.
     *
     * @param header addresses, permissions, offset, device, inode, and the path if there is one
     */
    private static Range beginningOfFile(String[] header) {
        String permissions = header[1];
        if (!header[HEADER_FIELDS - 1].startsWith("/")
                || permissions.indexOf('w') >= 0
                || permissions.indexOf('x') >= 0
                || Long.parseUnsignedLong(header[2], 16) != 0) {
            return null;
        }
        String[] addresses = header[0].split("-");
        long start = Long.parseUnsignedLong(addresses[0], 16);
        return new Range(start, Long.parseUnsignedLong(addresses[1], 16) - start);
    }
}
