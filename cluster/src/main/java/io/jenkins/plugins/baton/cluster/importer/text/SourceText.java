package io.jenkins.plugins.baton.cluster.importer.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file to import from.
 *
 * @param name as messages name it
 * @param utf8 false when the text has one character for each byte, because the bytes are not UTF-8; the guides' comments
 *     are often in GBK or Latin-1, and whatever those hold, a line end in them is a line end
 */
public record SourceText(String name, String text, boolean utf8) {
    /** The largest haproxy.cfg of a Kubernetes cluster has some 100 KiB. */
    private static final int MAX_BYTES = 1 << 20;

    public SourceText(String name, String text) {
        this(name, text, true);
    }

    /**
     * Reads a file of the operator's machine.
     *
     * @throws ImportException when it is not a readable text file of at most 1 MiB; one sentence says why
     */
    public static SourceText read(Path file) throws ImportException {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw refused(name, "is a directory; name the file in it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw refused(name, "is a device or a pipe, not a file; save its text to a file first");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(name, in.readNBytes(MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            throw refused(name, "there is no such file");
        } catch (AccessDeniedException e) {
            throw refused(name, "cannot be read: permission denied; copy it to a readable place or use sudo");
        } catch (IOException e) {
            throw refused(name, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * @param bytes the whole file
     * @throws ImportException when they are not the text of a configuration
     */
    public static SourceText of(String name, byte[] bytes) throws ImportException {
        if (bytes.length > MAX_BYTES) {
            throw refused(name, "is larger than 1 MiB, which no such configuration is; is it another file?");
        }
        Optional<String> mark = byteOrderMark(bytes);
        if (mark.isPresent()) {
            throw refused(name, "begins with a byte order mark (" + mark.get() + "); save it as UTF-8 without one");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceText(name, text, true);
        } catch (CharacterCodingException e) {
            return new SourceText(name, new String(bytes, StandardCharsets.ISO_8859_1), false);
        }
    }

    /** Whether it begins as a haproxy.cfg does, with a section; no block of keepalived.conf has such a name. */
    public boolean looksLikeHaproxy() {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("!"))
                .findFirst()
                .filter(
                        line -> line.matches(
                                "(global|defaults|listen|frontend|backend|userlist|peers|resolvers|mailers|program|cache|ring|http-errors)(\\s.*)?"))
                .isPresent();
    }

    private static Optional<String> byteOrderMark(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return Optional.of("UTF-8");
        }
        return startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)
                ? Optional.of("UTF-16")
                : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static ImportException refused(String name, String message) {
        return ImportException.at(name, 1, message);
    }
}
