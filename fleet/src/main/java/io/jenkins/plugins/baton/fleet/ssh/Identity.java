package io.jenkins.plugins.baton.fleet.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What proves who we are. Ed25519, ECDSA and RSA keys in OpenSSH, PKCS#8 or PEM form. */
public sealed interface Identity {

    /** @param passphrase present when the file is encrypted */
    record KeyFile(Path path, Optional<Secret> passphrase) implements Identity {
        /** @throws IOException whose message is a sentence about why it can be no private key */
        public void check() throws IOException {
            String text = new String(SmallFile.read("private key", path), StandardCharsets.ISO_8859_1);
            if (isPublic(text.stripLeading())) {
                throw new IOException(
                        path + " is a public key, and it takes the private one to log in; name " + privateHalf(path));
            }
            if (!text.contains("PRIVATE KEY-----") && !text.startsWith("PuTTY-User-Key-File")) {
                throw new IOException(path + " is not a private key; name the file that ssh-keygen made, without .pub");
            }
        }

        /** One line that begins with the kind of key (sshd(8), AUTHORIZED_KEYS FILE FORMAT), or RFC 4716. */
        private static boolean isPublic(String begin) {
            return begin.matches("(?s)(ssh|ecdsa|sk-ssh|sk-ecdsa)-[^\\s]+ AAAA.*")
                    || begin.startsWith("---- BEGIN SSH2 PUBLIC");
        }

        private static String privateHalf(Path file) {
            String name = file.toString();
            Path half = Path.of(name.endsWith(".pub") ? name.substring(0, name.length() - 4) : name);
            return !half.equals(file) && Files.isReadable(half)
                    ? half.toString()
                    : "that file, or load it into an ssh-agent";
        }

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
