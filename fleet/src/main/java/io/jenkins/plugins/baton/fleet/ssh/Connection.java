package io.jenkins.plugins.baton.fleet.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthMethod;

/** Logged-in sshj clients: the node's, and the jump host's that carries it. */
final class Connection implements AutoCloseable {
    /** A peer that is silent for 3 times 5 s is lost; a drill must not wait longer for a node that vanished. */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int KEEP_ALIVE_MISSES = 3;

    /** A handshake or a login that takes as long as so many answers is none. */
    private static final int ANSWERS = 3;

    /** The word of OpenSSH's server. */
    private static final String TOO_MANY = "Too many authentication failures";

    /** EAI_AGAIN of getaddrinfo(3), as glibc says it. */
    private static final String RESOLVER_IS_DOWN = "Temporary failure in name resolution";

    /** The node's client last; closed in the opposite order. */
    private final List<SSHClient> clients = new ArrayList<>();

    private Connection() {}

    SSHClient client() {
        return clients.get(clients.size() - 1);
    }

    static Connection open(String node, String host, Access access) throws SshException {
        Connection connection = new Connection();
        try {
            if (access.jump().isPresent()) {
                Access.Hop hop = access.jump().get();
                connection.add(node + " through " + hop.host(), hop.user(), hop.host(), hop.port(), access);
            }
            connection.add(node, access.user(), host, access.port(), access);
            return connection;
        } catch (SshException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void add(String node, String user, String host, int port, Access access) throws SshException {
        HostKeys keys = trust(node, access);
        SSHClient client = new SSHClient(config(keys.types(host, port)));
        int timeout = Math.toIntExact(access.connectTimeout().toMillis());
        client.setConnectTimeout(timeout);
        client.setTimeout(timeout);
        client.getTransport().setTimeoutMs(timeout);
        String where = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        client.addHostKeyVerifier(keys);
        List<AuthMethod> methods = methods(node, where, client, access);
        try {
            connect(client, host, port, access);
        } catch (IOException e) {
            close(client);
            throw forwarding(node, where, access, e).orElseGet(() -> unreachable(node, where, keys, e));
        }
        clients.add(client);
        try {
            within(access, () -> cut(client), () -> client.auth(user, methods));
        } catch (UserAuthException e) {
            Optional<Throwable> lost = lost(e);
            if (lost.isPresent()) {
                throw ended(node, where, access, lost.get());
            }
            Iterable<String> accepted = client.getUserAuth().getAllowedMethods();
            throw new SshException(node, Trouble.SHUT_OUT, refused(where, user, access, accepted), e);
        } catch (IOException e) {
            throw ended(node, where, access, e);
        }
        // The timeouts above were for the login; a command has its own, and keep-alive notices a dead peer.
        client.setTimeout(0);
        if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
            runner.setMaxAliveCount(KEEP_ALIVE_MISSES);
            runner.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        }
    }

    private void connect(SSHClient client, String host, int port, Access access) throws IOException {
        if (clients.isEmpty()) {
            within(access, () -> cut(client), () -> client.connect(host, port));
        } else {
            DirectConnection way = client().newDirectConnection(host, port);
            within(access, way, () -> client.connectVia(way));
        }
    }

    /** Without a farewell, which a peer that does not read would hold up. Through a jump host there is no socket of its own. */
    private static void cut(SSHClient client) throws IOException {
        Socket socket = client.getSocket();
        if (socket == null) {
            client.close();
        } else {
            socket.close();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** @param connection is closed when the step takes too long */
    private static void within(Access access, Closeable connection, Step step) throws IOException {
        try (TimeLimit limit = TimeLimit.of(access.connectTimeout().multipliedBy(ANSWERS), connection)) {
            try {
                step.run();
            } finally {
                limit.end();
            }
        }
    }

    /** Before anybody is asked: a key that cannot be read will not serve any node. */
    private static List<AuthMethod> methods(String node, String where, SSHClient client, Access access)
            throws SshException {
        try {
            return Logins.methods(client, access.identities());
        } catch (IOException e) {
            close(client);
            throw new SshException(node, Trouble.SHUT_OUT, "cannot log in at " + where + ": " + e.getMessage(), e);
        }
    }

    /** sshj says by the same exception that a login was refused, that its answer did not come, and that the way was lost. */
    private static Optional<Throwable> lost(UserAuthException refusal) {
        return causes(refusal)
                .filter(cause -> cause instanceof TransportException || cause instanceof TimeoutException)
                .findFirst();
    }

    /** The exception itself first. */
    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }

    /** The server's own word for it is lost when it closes the connection at once. */
    private static SshException ended(String node, String where, Access access, Throwable e) {
        boolean many = access.identities().stream().anyMatch(Identity.Agent.class::isInstance)
                || access.identities().size() > 1;
        String tries = ". If it was offered too many keys before the right one (MaxAuthTries), ";
        return new SshException(
                node,
                String.valueOf(e.getMessage()).contains(TOO_MANY) ? Trouble.SHUT_OUT : Trouble.UNREACHABLE,
                where
                        + (e instanceof TimeLimit.TookTooLong
                                ? " does not come to an end of the login: "
                                : " ended the connection during the login: ")
                        + e.getMessage()
                        + (many ? tries + access.remedies().oneKey() : ""),
                e);
    }

    private static DefaultConfig config(List<String> knownTypes) {
        DefaultConfig config = new DefaultConfig();
        Algorithms.choose(config, knownTypes);
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        return config;
    }

    private static HostKeys trust(String node, Access access) throws SshException {
        try {
            return new HostKeys(access.trust(), access.remedies());
        } catch (IOException e) {
            throw new SshException(node, Trouble.SHUT_OUT, e.getMessage(), e);
        }
    }

    /** @param accepted by the server, which may take no keys, or no passwords */
    private static String refused(String where, String user, Access access, Iterable<String> accepted) {
        List<Identity> identities = access.identities();
        Remedies remedies = access.remedies();
        String ways = String.join(", ", accepted);
        boolean keys = identities.stream().anyMatch(identity -> !(identity instanceof Identity.Password));
        if (keys && !ways.isEmpty() && !ways.contains("publickey")) {
            return where + " takes no key from user " + user + ", only " + ways
                    + ". Set PubkeyAuthentication yes in its sshd_config, or " + remedies.otherLogin();
        }
        String remedy = keys || identities.isEmpty()
                ? ". Add the public key to the authorized_keys of that user, or " + remedies.otherLogin()
                : ways.contains("password")
                        ? ": " + remedies.password()
                        : ". It takes " + (ways.isEmpty() ? "no passwords" : "only " + ways) + ": give it a key";
        return where + " refuses user " + user + " with " + names(identities) + remedy;
    }

    /** Why a jump host made no connection to the node, if it is that. */
    private static Optional<SshException> forwarding(String node, String where, Access access, IOException e) {
        if (!(e instanceof OpenFailException refused) || access.jump().isEmpty()) {
            return Optional.empty();
        }
        String hop = access.jump().get().host();
        if (refused.getReason() == OpenFailException.Reason.CONNECT_FAILED) {
            return Optional.of(new SshException(
                    node,
                    Trouble.UNREACHABLE,
                    "the jump host " + hop + " cannot reach " + where + " (" + refused.getMessage()
                            + "). Is the host up, and SSH allowed from there?",
                    e));
        }
        return Optional.of(new SshException(
                node,
                Trouble.SHUT_OUT,
                "the jump host " + hop + " forbids connections to " + where + "; allow them for user "
                        + access.jump().get().user() + " there (AllowTcpForwarding and PermitOpen in its "
                        + "sshd_config, restrict and permitopen in authorized_keys), or take another jump host",
                e));
    }

    private static SshException unreachable(String node, String where, HostKeys keys, IOException e) {
        if (!keys.refusal().isEmpty()) {
            return new SshException(node, Trouble.SHUT_OUT, keys.refusal(), e);
        }
        String said = String.valueOf(e.getMessage());
        if (e instanceof UnknownHostException && !said.contains(RESOLVER_IS_DOWN)) {
            return new SshException(
                    node,
                    Trouble.SHUT_OUT,
                    "the name service here does not know the name in " + where + "; correct it, or that",
                    e);
        }
        if (said.contains("Unable to reach a settlement")) {
            return new SshException(
                    node,
                    Trouble.SHUT_OUT,
                    "no SSH with " + where
                            + ", since it offers only algorithms that are no longer safe (SHA-1, CBC, 3DES, "
                            + "DSA) or that are not known here. Update its SSH server, or allow others in its sshd_config "
                            + "(KexAlgorithms, HostKeyAlgorithms, Ciphers, MACs): " + said,
                    e);
        }
        return new SshException(node, Trouble.UNREACHABLE, noAnswer(where, e), e);
    }

    private static String noAnswer(String where, IOException e) {
        if (e instanceof UnknownHostException) {
            return "the name service here gives no answer for the name in " + where + "; is it reachable?";
        }
        boolean late = causes(e)
                .anyMatch(cause -> cause instanceof SocketTimeoutException || cause instanceof TimeoutException);
        if (late) {
            return "no answer from " + where + ". Is the host up, and SSH allowed from here?";
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return "cannot reach " + where + " (" + e.getMessage() + "). Is the host up, and SSH running and allowed?";
        }
        return "no SSH with " + where + ": " + e.getMessage();
    }

    private static String names(List<Identity> identities) {
        return identities.isEmpty()
                ? "no key at all (there is no --identity, no key in ~/.ssh and no ssh-agent)"
                : identities.stream()
                        .map(Identity::toString)
                        .reduce((a, b) -> a + ", " + b)
                        .orElseThrow();
    }

    @Override
    public void close() {
        for (int i = clients.size() - 1; i >= 0; i--) {
            close(clients.get(i));
        }
    }

    private static void close(SSHClient client) {
        try {
            client.close();
        } catch (IOException | IndexOutOfBoundsException e) {
            // It was lost already; sshj 0.40 stumbles over a farewell that it cannot send through a dead jump host.
            return;
        }
    }
}
