package io.jenkins.plugins.baton.fleet.ssh;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A known_hosts file: it may be absent, and others may write it at the same time. */
final class KnownHostsFile {
    /** Held by who reads or writes: a file lock is the whole process's, and ends when any thread closes the file. */
    private static final Object ACCESS = new Object();

    /** Of UTF-8, as three characters. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private final Path path;

    KnownHostsFile(Path path) {
        this.path = path;
    }

    /** @throws IOException whose message is a sentence about why the file cannot be read */
    KnownHosts read() throws IOException {
        synchronized (ACCESS) {
            return KnownHosts.parse(Files.exists(path) ? text(SmallFile.read("known_hosts file", path)) : "");
        }
    }

    /** Comments may be in any encoding; an editor may have put a byte order mark before the first host. */
    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }

    /**
     * Adds a host that the file does not have.
     *
     * @param key in wire form
     * @return what the file says then: another process may have been faster, with this key or with another
     */
    KnownHosts.Verdict add(String host, int port, String type, byte[] key) throws IOException {
        synchronized (ACCESS) {
            Path folder = path.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            try (FileChannel locked = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                locked.lock();
                String text =
                        text(java.nio.channels.Channels.newInputStream(locked).readAllBytes());
                KnownHosts.Verdict verdict = KnownHosts.parse(text).judge(host, port, key);
                if (verdict.answer() != KnownHosts.Answer.NEW) {
                    return verdict;
                }
                String line = KnownHosts.line(host, port, type, key);
                append(!text.isEmpty() && !text.endsWith("\n") ? "\n" + line : line);
                return new KnownHosts.Verdict(KnownHosts.Answer.KNOWN, 0);
            }
        }
    }

    /** In one write at the end: ssh, which takes no lock, reads the whole line or nothing of it, and loses nothing. */
    private void append(String line) throws IOException {
        Files.writeString(path, line, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    }
}
