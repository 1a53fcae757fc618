package io.jenkins.plugins.baton.cluster.file.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** Keys that earlier versions read and that have another name now: {@code retired-keys.properties}. */
final class RetiredKeys {
    private static final Properties NEW_NAMES = new Properties();

    static {
        try (InputStream table = RetiredKeys.class.getResourceAsStream("retired-keys.properties")) {
            NEW_NAMES.load(table);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read our own table of retired keys", e);
        }
    }

    private RetiredKeys() {}

    /** What the key is called now; empty when it never was one. */
    static Optional<String> newName(String key) {
        return Optional.ofNullable(NEW_NAMES.getProperty(key));
    }
}
