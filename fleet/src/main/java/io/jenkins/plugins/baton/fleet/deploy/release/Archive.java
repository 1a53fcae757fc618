package io.jenkins.plugins.baton.fleet.deploy.release;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one small file of a {@code .tar.gz}, as GNU tar writes it (its manual, "Basic Tar Format"). */
final class Archive {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int MAX_ENTRY = 1 << 16;

    private Archive() {}

    /**
     * Reads the archive to its end, so that one that is cut short or damaged is found here.
     *
     * @return empty when the archive has no such file
     */
    static Optional<String> read(InputStream compressed, String name) throws IOException {
        Optional<String> found = Optional.empty();
        try (InputStream tar = new GZIPInputStream(compressed, 1 << 16)) {
            for (byte[] header = tar.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = tar.readNBytes(BLOCK)) {
                long size = size(header);
                if (text(header, 0, NAME).equals(name) && size <= MAX_ENTRY) {
                    found = Optional.of(new String(tar.readNBytes((int) size), StandardCharsets.UTF_8));
                    tar.skipNBytes(padding(size));
                } else {
                    tar.skipNBytes(size + padding(size));
                }
            }
            tar.transferTo(OutputStream.nullOutputStream()); // to the checksum at its end
            return found;
        } catch (EOFException e) {
            throw new IOException("it is cut short", e);
        } catch (ZipException e) {
            throw new IOException("it is no .tar.gz, or damaged (" + e.getMessage() + ")", e);
        }
    }

    private static long padding(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private static long size(byte[] header) throws IOException {
        try {
            // Unsigned: nothing is shorter than empty.
            return Long.parseUnsignedLong(text(header, SIZE_AT, SIZE_LENGTH).strip(), 8);
        } catch (NumberFormatException e) {
            throw new IOException("it is no tar archive", e);
        }
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.US_ASCII);
    }
}
