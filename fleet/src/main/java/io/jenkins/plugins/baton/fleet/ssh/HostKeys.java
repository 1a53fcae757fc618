package io.jenkins.plugins.baton.fleet.ssh;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;

/** Decides about one connection's host key and remembers why it said no. Used by one thread at a time. */
final class HostKeys implements HostKeyVerifier {
    private final Trust trust;
    private final KnownHosts known;
    private String refusal = "";

    HostKeys(Trust trust) throws IOException {
        this.trust = trust;
        if (trust.acceptNew()) {
            Path folder = trust.knownHosts().toAbsolutePath().getParent();
            Files.createDirectories(folder);
        }
        this.known = new KnownHosts(trust.knownHosts().toFile());
    }

    /** Why the last key was refused; empty when it was not. */
    String refusal() {
        return refusal;
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        String fingerprint = fingerprint(key);
        return trust.fingerprints().contains(fingerprint) || known.verify(host, port, key);
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        return known.findExistingAlgorithms(host, port);
    }

    /** As {@code ssh-keygen -l} prints it. */
    static String fingerprint(PublicKey key) {
        try {
            byte[] wire = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(wire);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private final class KnownHosts extends OpenSSHKnownHosts {
        KnownHosts(File file) throws IOException {
            super(file);
        }

        @Override
        protected boolean hostKeyUnverifiableAction(String hostname, PublicKey key) {
            KeyType type = KeyType.fromKey(key);
            if (trust.acceptNew()) {
                try {
                    entries().add(new HostEntry(null, hostname, type, key));
                    write();
                    return true;
                } catch (IOException e) {
                    refusal = "its host key could not be written to " + trust.knownHosts() + ": " + e.getMessage();
                    return false;
                }
            }
            refusal =
                    "its host key " + fingerprint(key) + " (" + type + ") is not known. Compare it with the output of "
                            + "`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the node, then add it to "
                            + trust.knownHosts() + " or to `ssh: fingerprints` of the cluster file";
            return false;
        }

        @Override
        protected boolean hostKeyChangedAction(String hostname, PublicKey key) {
            refusal = "its host key is not the one in " + trust.knownHosts() + " but " + fingerprint(key)
                    + ": the node was installed anew, or somebody stands between. If you know why, remove the old line "
                    + "with `ssh-keygen -R " + hostname + " -f " + trust.knownHosts() + "`";
            return false;
        }
    }
}
