package io.jenkins.plugins.baton.agent.peerlink;

import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import java.util.Optional;

/** One agent's end of a connection to another: the lines that it writes, and what it makes of those that come. */
public final class SimulatedSpeech {
    private final PeerProtocol protocol;

    public SimulatedSpeech(String self, String peer) {
        protocol = new PeerProtocol(self, peer, () -> GroupSecret.NONE);
    }

    public String hello() {
        return protocol.hello();
    }

    public boolean isGreeted() {
        return protocol.isPeerGreeted();
    }

    public String capabilities(String text) {
        return protocol.line(PeerProtocol.Kind.CAPABILITIES, text);
    }

    public String state(String text) {
        return protocol.line(PeerProtocol.Kind.STATE, text);
    }

    public String ask() {
        return protocol.line(PeerProtocol.Kind.ASK, "");
    }

    public String answer(String text) {
        return protocol.line(PeerProtocol.Kind.ANSWER, text);
    }

    /** As {@link PeerConnection} reads a line. */
    public void read(String line, String peer, PeerLinkListener listener) {
        Optional<PeerProtocol.Message> message;
        try {
            message = protocol.read(line);
        } catch (PeerProtocol.ForeignPeerException e) {
            throw new AssertionError("an agent does not understand another: " + line, e);
        }
        message.ifPresent(said -> {
            switch (said.kind()) {
                case CAPABILITIES -> listener.advertised(peer, said.text());
                case STATE -> listener.stated(peer, said.text(), false);
                case ANSWER -> listener.stated(peer, said.text(), true);
                case ASK -> listener.asked(peer);
            }
        });
    }
}
