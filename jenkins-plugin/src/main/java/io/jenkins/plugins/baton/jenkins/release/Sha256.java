package io.jenkins.plugins.baton.jenkins.release;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jenkins.MasterToSlaveFileCallable;

/** The SHA-256 of a file where it is, in lower-case hex. */
final class Sha256 extends MasterToSlaveFileCallable<String> {
    private static final long serialVersionUID = 1;

    @Override
    public String invoke(File file, VirtualChannel channel) throws IOException {
        try (InputStream stream = Files.newInputStream(file.toPath())) {
            return of(stream);
        }
    }

    static String of(InputStream stream) throws IOException {
        try {
            DigestInputStream digest = new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"));
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
