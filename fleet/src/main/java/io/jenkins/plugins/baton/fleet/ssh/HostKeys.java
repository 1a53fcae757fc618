package io.jenkins.plugins.baton.fleet.ssh;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** Decides about one connection's host key and remembers why it said no. Used by one thread at a time. */
final class HostKeys implements HostKeyVerifier {
    private final Trust trust;
    private final Remedies remedies;
    private final KnownHostsFile file;
    private final KnownHosts known;
    private String refusal = "";

    /** @throws IOException whose message is a sentence about the known_hosts file */
    HostKeys(Trust trust, Remedies remedies) throws IOException {
        this.trust = trust;
        this.remedies = remedies;
        this.file = new KnownHostsFile(trust.knownHosts());
        this.known = file.read();
    }

    /** Why the last key was refused; empty when it was not. */
    String refusal() {
        return refusal;
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        byte[] wire = wire(key);
        String type = KeyType.fromKey(key).toString();
        try {
            KnownHosts.Verdict verdict = known.judge(host, port, wire);
            boolean named = verdict.answer() != KnownHosts.Answer.REVOKED
                    && trust.fingerprints().contains(fingerprint(wire));
            if (!named && trust.acceptNew() && verdict.answer() == KnownHosts.Answer.NEW) {
                verdict = file.add(host, port, type, wire);
            }
            refusal = named ? "" : refusal(verdict, host, port, type, fingerprint(wire));
        } catch (IOException e) {
            refusal = "its host key could not be written to " + trust.knownHosts() + ": " + e.getMessage();
        }
        return refusal.isEmpty();
    }

    private String refusal(KnownHosts.Verdict verdict, String host, int port, String type, String fingerprint) {
        String line = remedies.hostKeys() + " (line " + verdict.line() + ")";
        return switch (verdict.answer()) {
            case KNOWN -> "";
            case REVOKED ->
                "its host key " + fingerprint + " (" + type + ") is marked as @revoked in " + line
                        + ", so it may be in the wrong hands. Give the node new host keys (`ssh-keygen -A` after removing the "
                        + "old ones), and add those";
            case CHANGED ->
                "its host key is not the one in " + line + " but " + fingerprint + " (" + type
                        + "): the node was installed anew, has lost a key, or somebody stands between. If you know why, "
                        + remedies.replaceHostKey(KnownHosts.name(host, port));
            case NEW ->
                "its host key " + fingerprint + " (" + type + ") is not known. Compare it with the output of "
                        + "`ssh-keygen -lf " + publicKeyFile(type) + "` on the node, then " + remedies.addHostKey()
                        + remarks(host, port);
        };
    }

    /** Why a line that somebody relies on does not count. */
    private String remarks(String host, int port) {
        String authority = known.authority(host, port)
                .map(number -> ". The certificate authority in line " + number
                        + " does not help: host certificates are not read, only the host's own key counts")
                .orElse("");
        return known.skipped().isEmpty()
                ? authority
                : authority + ". Of that file, lines that cannot be read were skipped: "
                        + known.skipped().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String publicKeyFile(String type) {
        String name = type.startsWith("ecdsa-") ? "ecdsa" : type.equals("ssh-rsa") ? "rsa" : "ed25519";
        return "/etc/ssh/ssh_host_" + name + "_key.pub";
    }

    /** The types that the host is known by. */
    List<String> types(String host, int port) {
        return known.types(host, port);
    }

    /** None beside what {@link Algorithms} has put in order. */
    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        return List.of();
    }

    private static byte[] wire(PublicKey key) {
        return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    }

    /** As {@code ssh-keygen -l} prints it. */
    private static String fingerprint(byte[] wire) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(wire);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
