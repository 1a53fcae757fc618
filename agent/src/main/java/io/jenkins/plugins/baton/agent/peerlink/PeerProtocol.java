package io.jenkins.plugins.baton.agent.peerlink;

import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What two agents say to each other on one connection, line by line, and whether it is an agent of the group that says it.
 * Each begins with a greeting that has a random number; every other line is signed, if the group has a secret, over both
 * numbers, who speaks, and the line's own number: it cannot be said again, on another connection or by another node. Pure but
 * for its random number and its counters.
 */
final class PeerProtocol {
    /** What every line of an agent begins with: what answers may be another program, and that one may have a banner. */
    static final String GREETING = "baton ";

    private static final String HELLO = "hello ";
    private static final String SIGNATURE_MARK = " #";
    /** In octets. */
    private static final int NONCE = 16;

    /** In octets, what a line has beyond its text. */
    static final int MAX_FRAMING = GREETING.length() + 16 + SIGNATURE_MARK.length() + 2 * GroupSecret.SIGNATURE;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String self;
    private final String peer;
    private final Supplier<GroupSecret> secret;
    private final String nonce;
    private Optional<String> peerNonce = Optional.empty();
    private long sent;
    private long heard;

    /** What a line is about. */
    enum Kind {
        /** What this agent serves. */
        CAPABILITIES,
        /** What its routers do. */
        STATE,
        /** A question for that. */
        ASK,
        /** The answer. */
        ANSWER;

        private String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A line that was understood. */
    record Message(Kind kind, String text) {}

    /** A line that no agent of the group says; the message completes "the agent is not heard: ". */
    static final class ForeignPeerException extends Exception {
        private static final long serialVersionUID = 1;

        ForeignPeerException(String message) {
            super(message);
        }
    }

    /**
     * @param self the names of both nodes in the cluster file
     * @param secret the keys as they are now
     */
    PeerProtocol(String self, String peer, Supplier<GroupSecret> secret) {
        this.self = self;
        this.peer = peer;
        this.secret = secret;
        byte[] random = new byte[NONCE];
        RANDOM.nextBytes(random);
        nonce = HexFormat.of().formatHex(random);
    }

    /** The first line. */
    String hello() {
        return GREETING + HELLO + nonce;
    }

    /** Whether the peer has greeted, and can be spoken to. */
    boolean isPeerGreeted() {
        return peerNonce.isPresent();
    }

    /** A line to send, without its end. */
    String line(Kind kind, String text) {
        String line = GREETING + kind.keyword() + " " + text;
        byte[] message = message(self, peer, nonce, peerNonce.orElseThrow(), ++sent, line);
        return secret.get()
                .sign(message)
                .map(signature -> line + SIGNATURE_MARK + HexFormat.of().formatHex(signature))
                .orElse(line);
    }

    /** Empty for the greeting, and for kinds of a later version. */
    Optional<Message> read(String line) throws ForeignPeerException {
        if (!line.startsWith(GREETING)) {
            throw new ForeignPeerException("what answers is no agent");
        }
        if (peerNonce.isEmpty()) {
            if (!line.startsWith(HELLO, GREETING.length())) {
                throw new ForeignPeerException("what answers is no agent, or one of another version");
            }
            peerNonce = Optional.of(line.substring(GREETING.length() + HELLO.length()));
            return Optional.empty();
        }
        String plain = verified(line).substring(GREETING.length());
        for (Kind kind : Kind.values()) {
            if (plain.startsWith(kind.keyword() + " ")) {
                return Optional.of(
                        new Message(kind, plain.substring(kind.keyword().length() + 1)));
            }
        }
        return Optional.empty();
    }

    private String verified(String line) throws ForeignPeerException {
        int mark = line.lastIndexOf(SIGNATURE_MARK);
        heard++;
        if (mark < 0) {
            if (!secret.get().acceptsUnsigned()) {
                throw new ForeignPeerException("what it says is not signed with the group's secret");
            }
            return line;
        }
        String plain = line.substring(0, mark);
        byte[] message = message(peer, self, peerNonce.orElseThrow(), nonce, heard, plain);
        if (!secret.get().verifies(message, signature(line.substring(mark + SIGNATURE_MARK.length())))) {
            throw new ForeignPeerException("what it says is signed with a secret that this node does not have");
        }
        return plain;
    }

    private static byte[] signature(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** No part can have a line's end in it. */
    private static byte[] message(
            String speaker, String listener, String speakersNonce, String listenersNonce, long number, String line) {
        return String.join("\n", speaker, listener, speakersNonce, listenersNonce, Long.toString(number), line)
                .getBytes(StandardCharsets.UTF_8);
    }
}
