package io.jenkins.plugins.baton.agent.secret;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of the group: the first one signs, all are accepted, so that one follows another without an outage. The
 * signature is HMAC-SHA256 (RFC 2104). Immutable, for any thread.
 */
public final class GroupSecret {
    /** No keys: nothing is signed, and everything is as good as signed. */
    public static final GroupSecret NONE = new GroupSecret(List.of(Optional.empty()));

    /** Octets of a signature. */
    public static final int SIGNATURE = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** An empty one stands for no key. */
    private final List<Optional<SecretKeySpec>> keys;

    private GroupSecret(List<Optional<SecretKeySpec>> keys) {
        this.keys = keys;
    }

    /** @param keys in their order, at least one; an empty array stands for no key */
    static GroupSecret of(List<byte[]> keys) {
        return new GroupSecret(keys.stream()
                .map(key -> key.length == 0
                        ? Optional.<SecretKeySpec>empty()
                        : Optional.of(new SecretKeySpec(key, ALGORITHM)))
                .toList());
    }

    /** Whether what this node says is signed. */
    public boolean signs() {
        return keys.get(0).isPresent();
    }

    /** Whether this node believes what is not signed. */
    public boolean acceptsUnsigned() {
        return keys.stream().anyMatch(Optional::isEmpty);
    }

    /** {@value #SIGNATURE} octets; empty when this node does not sign. */
    public Optional<byte[]> sign(byte[] message) {
        return keys.get(0).map(key -> signature(key, message));
    }

    /** Whether one of the keys made this signature of this message. Takes the same time for every wrong one. */
    public boolean verifies(byte[] message, byte[] signature) {
        boolean right = false;
        for (Optional<SecretKeySpec> key : keys) {
            right |= key.isPresent() && MessageDigest.isEqual(signature(key.get(), message), signature);
        }
        return right;
    }

    private static byte[] signature(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "GroupSecret[" + keys.size() + " keys]";
    }
}
