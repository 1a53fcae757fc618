package io.jenkins.plugins.baton.fleet.ssh.sshagent;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/** Speaks to an ssh-agent over its UNIX socket: lists keys, signs (draft-ietf-sshm-ssh-agent sections 3.5 and 3.6). */
public final class AgentClient {
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    /** RSA keys sign with SHA-2; today's servers refuse SHA-1. */
    static final int RSA_SHA2_512 = 4;

    private static final int MAX_ANSWER = 256 * 1024;

    private final Path socket;

    /** @param socket as in {@code SSH_AUTH_SOCK} */
    public AgentClient(Path socket) {
        this.socket = socket;
    }

    /**
     * The agent's public keys, each in wire form.
     *
     * @throws IOException when the agent does not answer, or not as it should
     */
    public List<byte[]> keys() throws IOException {
        Buffer.PlainBuffer answer = ask(new Buffer.PlainBuffer().putByte((byte) REQUEST_IDENTITIES), IDENTITIES_ANSWER);
        List<byte[]> keys = new ArrayList<>();
        try {
            long count = answer.readUInt32();
            for (long i = 0; i < count; i++) {
                keys.add(answer.readStringAsBytes());
                answer.readString(); // its comment
            }
        } catch (Buffer.BufferException e) {
            throw new IOException("the ssh-agent's answer is cut short", e);
        }
        return keys;
    }

    /**
     * @param key in wire form
     * @param flags {@link #RSA_SHA2_512} or 0
     * @return the signature in wire form
     */
    byte[] sign(byte[] key, byte[] data, int flags) throws IOException {
        Buffer.PlainBuffer request = new Buffer.PlainBuffer()
                .putByte((byte) SIGN_REQUEST)
                .putString(key)
                .putString(data)
                .putUInt32(flags);
        try {
            return ask(request, SIGN_RESPONSE).readStringAsBytes();
        } catch (Buffer.BufferException e) {
            throw new IOException("the ssh-agent's answer is cut short", e);
        }
    }

    private Buffer.PlainBuffer ask(Buffer.PlainBuffer request, int expected) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer message = ByteBuffer.wrap(
                    new Buffer.PlainBuffer().putString(request.getCompactData()).getCompactData());
            while (message.hasRemaining()) {
                channel.write(message);
            }
            int length = read(channel, 4).getInt();
            if (length < 1 || length > MAX_ANSWER) {
                throw new IOException("the ssh-agent answered with a length of " + length);
            }
            byte[] answer = read(channel, length).array();
            if (answer[0] != expected) {
                throw new IOException("the ssh-agent refused the request");
            }
            Buffer.PlainBuffer rest = new Buffer.PlainBuffer(answer);
            rest.rpos(1);
            return rest;
        }
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the ssh-agent closed the connection");
            }
        }
        return buffer.flip();
    }
}
