package io.jenkins.plugins.baton.fleet.ssh.sshagent;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthPublickey;

/** Public key authentication where an ssh-agent signs (RFC 4252 section 7); the private key never comes here. */
public final class AgentKey extends AuthPublickey {
    private final AgentClient agent;
    private final byte[] key;

    /**
     * @param key the public key in wire form
     * @throws Buffer.BufferException when it is of a kind that sshj does not know
     */
    public AgentKey(AgentClient agent, byte[] key) throws Buffer.BufferException {
        super(new PublicHalf(new Buffer.PlainBuffer(key).readPublicKey()));
        this.agent = agent;
        this.key = key.clone();
    }

    @Override
    protected SSHPacket putSig(SSHPacket request) throws UserAuthException {
        byte[] signed = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(request)
                .getCompactData();
        try {
            boolean rsa = KeyType.fromKey(kProv.getPublic()) == KeyType.RSA;
            return request.putString(agent.sign(key, signed, rsa ? AgentClient.RSA_SHA2_512 : 0));
        } catch (IOException e) {
            throw new UserAuthException("the ssh-agent did not sign: " + e.getMessage(), e);
        }
    }

    private record PublicHalf(PublicKey key) implements KeyProvider {
        @Override
        public PrivateKey getPrivate() {
            throw new UnsupportedOperationException("the ssh-agent keeps the private key");
        }

        @Override
        public PublicKey getPublic() {
            return key;
        }

        @Override
        public KeyType getType() {
            return KeyType.fromKey(key);
        }
    }
}
