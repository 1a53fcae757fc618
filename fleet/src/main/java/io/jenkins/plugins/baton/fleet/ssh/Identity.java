package io.jenkins.plugins.baton.fleet.ssh;

import java.nio.file.Path;
import java.util.Optional;

/** What proves who we are. Ed25519, ECDSA and RSA keys in OpenSSH, PKCS#8 or PEM form. */
public sealed interface Identity {

    /** @param passphrase present when the file is encrypted */
    record KeyFile(Path path, Optional<Secret> passphrase) implements Identity {
        @Override
        public String toString() {
            return "key " + path;
        }
    }

    /**
     * A key that is not on disk, for example from a credentials store.
     *
     * @param name what messages call it
     */
    record KeyText(String name, Secret text, Optional<Secret> passphrase) implements Identity {
        @Override
        public String toString() {
            return "key " + name;
        }
    }

    /** The login's password, where the node allows that. */
    record Password(Secret text) implements Identity {
        @Override
        public String toString() {
            return "the password";
        }
    }

    /** Every key of a running ssh-agent. */
    record Agent(Path socket) implements Identity {
        @Override
        public String toString() {
            return "the keys of the ssh-agent";
        }
    }
}
