package io.jenkins.plugins.baton.fleet.ssh;

import io.jenkins.plugins.baton.fleet.ssh.sshagent.AgentClient;
import io.jenkins.plugins.baton.fleet.ssh.sshagent.AgentKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** Turns identities into sshj's authentication methods; a key that cannot be read is a sentence, not a guess. */
final class Logins {
    private Logins() {}

    /** @throws IOException whose message is a sentence about the identity */
    static List<AuthMethod> methods(SSHClient client, List<Identity> identities) throws IOException {
        List<AuthMethod> methods = new ArrayList<>();
        for (Identity identity : identities) {
            if (identity instanceof Identity.KeyFile file) {
                methods.add(new AuthPublickey(read(client, file)));
            } else if (identity instanceof Identity.KeyText text) {
                methods.add(new AuthPublickey(read(client, text)));
            } else if (identity instanceof Identity.Password password) {
                methods.add(new AuthPassword(
                        PasswordUtils.createOneOff(password.text().characters())));
            } else if (identity instanceof Identity.Agent agent) {
                addAll(methods, agent);
            }
        }
        return methods;
    }

    private static KeyProvider read(SSHClient client, Identity.KeyFile file) throws IOException {
        file.check();
        return checked(
                () -> file.passphrase().isPresent()
                        ? client.loadKeys(
                                file.path().toString(), file.passphrase().get().characters())
                        : client.loadKeys(file.path().toString()),
                file);
    }

    private static KeyProvider read(SSHClient client, Identity.KeyText text) throws IOException {
        return checked(
                () -> client.loadKeys(
                        text.text().value(),
                        null,
                        text.passphrase()
                                .map(p -> PasswordUtils.createOneOff(p.characters()))
                                .orElse(null)),
                text);
    }

    private interface Reader {
        KeyProvider read() throws IOException;
    }

    /** Decrypts now, so that a wrong passphrase is not reported as a refused login. */
    private static KeyProvider checked(Reader reader, Identity identity) throws IOException {
        try {
            KeyProvider key = reader.read();
            key.getPrivate();
            return key;
        } catch (IOException e) {
            throw new IOException(
                    "the private " + identity
                            + " cannot be used: it is encrypted and the passphrase is missing or wrong, "
                            + "or it is damaged (" + e.getMessage() + ")",
                    e);
        }
    }

    private static void addAll(List<AuthMethod> methods, Identity.Agent identity) throws IOException {
        AgentClient agent = new AgentClient(identity.socket());
        for (byte[] key : agent.keys()) {
            try {
                methods.add(new AgentKey(agent, key));
            } catch (Buffer.BufferException e) {
                // A kind of key that sshj does not know, for example a certificate: the others may do.
            }
        }
    }
}
