package io.jenkins.plugins.baton.agent.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The file that the cluster file names under {@code secret}: a key a line, in hexadecimal, of 32 octets at least. The word
 * {@code unsigned} stands for no key; empty lines and those that begin with {@code #} are passed over.
 */
public final class SecretFile {
    /** Octets: as many as the digest of HMAC-SHA256 has (RFC 2104, section 3). */
    private static final int MIN_KEY = 32;

    private static final int MAX_KEYS = 8;
    private static final long MAX_BYTES = 64 * 1024;
    private static final String UNSIGNED = "unsigned";

    private static final Set<PosixFilePermission> FORBIDDEN = Set.of(
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE,
            PosixFilePermission.GROUP_WRITE);

    private SecretFile() {}

    /** It cannot be used; the message is a sentence, without any key. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /** Reads the keys. */
    public static GroupSecret read(Path path) throws Unusable {
        try {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            if (!Files.isRegularFile(path)) {
                throw unusable(path, "it is not a regular file; name a file of keys");
            }
            if (Files.getPosixFilePermissions(path).stream().anyMatch(FORBIDDEN::contains)) {
                throw unusable(path, "others than the agent may read or change it; run: chmod 0640 " + path);
            }
            if (Files.size(path) > MAX_BYTES) {
                throw unusable(path, "it is larger than 64 KiB, which no file of keys is");
            }
            return parse(
                    path,
                    Files.readString(path, StandardCharsets.ISO_8859_1).lines().toList());
        } catch (NoSuchFileException e) {
            throw unusable(
                    path, "there is no such file; copy the one of another node, or make one: openssl rand -hex 32");
        } catch (AccessDeniedException e) {
            throw unusable(path, "this user may not read it; give it to the agent's user or group, with mode 0640");
        } catch (IOException e) {
            throw unusable(path, "it cannot be read: " + e.getMessage());
        }
    }

    private static GroupSecret parse(Path path, List<String> lines) throws Unusable {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                keys.add(line.equals(UNSIGNED) ? new byte[0] : key(path, i + 1, line));
            }
        }
        if (keys.isEmpty()) {
            throw unusable(path, "it has no key; make one: openssl rand -hex 32");
        }
        if (keys.size() > MAX_KEYS) {
            throw unusable(path, "it has more than " + MAX_KEYS + " keys; take the old ones out");
        }
        return GroupSecret.of(keys);
    }

    private static byte[] key(Path path, int number, String line) throws Unusable {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(line);
        } catch (IllegalArgumentException e) {
            throw unusable(path, "line " + number + " is not a key in hexadecimal; make one: openssl rand -hex 32");
        }
        if (key.length < MIN_KEY) {
            throw unusable(
                    path,
                    "the key of line " + number + " has " + key.length + " bytes, which is fewer than " + MIN_KEY
                            + "; make one: openssl rand -hex 32");
        }
        return key;
    }

    private static Unusable unusable(Path path, String why) {
        return new Unusable("the secret file " + path + " cannot be used: " + why);
    }
}
