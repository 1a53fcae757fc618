package io.jenkins.plugins.baton.fleet.ssh;

import io.jenkins.plugins.baton.cluster.Ssh;
import io.jenkins.plugins.baton.fleet.FleetException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How nodes are reached.
 *
 * @param user login name; when it is not root, commands go through sudo
 * @param port 1..65535
 * @param identities tried in this order
 * @param trust which host keys are believed
 * @param jump a host to go through
 * @param sudoPassword needed only where sudo asks for one
 * @param connectTimeout for the TCP connection and each answer; handshake and login may take three times as long each
 * @param remedies for messages
 */
public record Access(
        String user,
        int port,
        List<Identity> identities,
        Trust trust,
        Optional<Hop> jump,
        Optional<Secret> sudoPassword,
        Duration connectTimeout,
        Remedies remedies) {

    /** A jump host; it takes the same identities and trust. */
    public record Hop(String user, String host, int port) {
        private static final Pattern FORM = Pattern.compile(Ssh.JUMP_HOST);

        /**
         * @param text {@code [user@]host[:port]}; an IPv6 address with a port needs brackets
         * @param defaultUser when the text names none
         * @throws FleetException of bad input when it is none of these
         */
        public static Hop parse(String text, String defaultUser) throws FleetException {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw FleetException.badInput("the jump host '" + text + "' is not of the form [USER@]HOST[:PORT]");
            }
            String host = Stream.of(2, 3, 4)
                    .map(form::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            return new Hop(
                    form.group(1) == null ? defaultUser : form.group(1),
                    host,
                    form.group(5) == null ? 22 : Integer.parseInt(form.group(5)));
        }
    }

    public Access {
        identities = List.copyOf(identities);
    }

    /** For who runs {@code baton}. */
    public Access(
            String user,
            int port,
            List<Identity> identities,
            Trust trust,
            Optional<Hop> jump,
            Optional<Secret> sudoPassword,
            Duration connectTimeout) {
        this(
                user,
                port,
                identities,
                trust,
                jump,
                sudoPassword,
                connectTimeout,
                new CommandLineRemedies(trust.knownHosts()));
    }
}
