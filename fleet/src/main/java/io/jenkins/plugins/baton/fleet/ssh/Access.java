package io.jenkins.plugins.baton.fleet.ssh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How nodes are reached.
 *
 * @param user login name; when it is not root, commands go through sudo
 * @param port 1..65535
 * @param identities tried in this order
 * @param trust which host keys are believed
 * @param jump a host to go through
 * @param sudoPassword needed only where sudo asks for one
 * @param connectTimeout for the TCP connection and the login, each
 */
public record Access(
        String user,
        int port,
        List<Identity> identities,
        Trust trust,
        Optional<Hop> jump,
        Optional<Secret> sudoPassword,
        Duration connectTimeout) {

    /** A jump host; it takes the same identities and trust. */
    public record Hop(String user, String host, int port) {
        /**
         * @param text {@code [user@]host[:port]}; an IPv6 address with a port needs brackets
         * @param defaultUser when the text names none
         */
        public static Hop parse(String text, String defaultUser) {
            int at = text.lastIndexOf('@');
            String user = at < 0 ? defaultUser : text.substring(0, at);
            String rest = text.substring(at + 1);
            if (rest.startsWith("[")) {
                int end = rest.indexOf(']');
                String port = rest.substring(end + 1);
                return new Hop(user, rest.substring(1, end), port.isEmpty() ? 22 : Integer.parseInt(port.substring(1)));
            }
            int colon = rest.indexOf(':');
            boolean single = colon >= 0 && colon == rest.lastIndexOf(':');
            return single
                    ? new Hop(user, rest.substring(0, colon), Integer.parseInt(rest.substring(colon + 1)))
                    : new Hop(user, rest, 22);
        }
    }

    public Access {
        identities = List.copyOf(identities);
    }
}
