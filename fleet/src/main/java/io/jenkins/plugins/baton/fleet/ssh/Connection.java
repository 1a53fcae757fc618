package io.jenkins.plugins.baton.fleet.ssh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;

/** Logged-in sshj clients: the node's, and the jump host's that carries it. */
final class Connection implements AutoCloseable {
    /** A peer that is silent for 3 times 5 s is lost; a drill must not wait longer for a node that vanished. */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int KEEP_ALIVE_MISSES = 3;

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
        String where = host + ":" + port;
        client.addHostKeyVerifier(keys);
        try {
            if (clients.isEmpty()) {
                client.connect(host, port);
            } else {
                client.connectVia(client().newDirectConnection(host, port));
            }
        } catch (IOException e) {
            close(client);
            throw new SshException(node, forwarding(where, access, e).orElseGet(() -> unreachable(where, keys, e)), e);
        }
        clients.add(client);
        try {
            client.auth(user, Logins.methods(client, access.identities()));
        } catch (UserAuthException e) {
            throw new SshException(
                    node,
                    refused(
                            where,
                            user,
                            access.identities(),
                            client.getUserAuth().getAllowedMethods()),
                    e);
        } catch (TransportException e) {
            // The server's own word for it is lost when it closes the connection at once.
            boolean many = access.identities().stream().anyMatch(Identity.Agent.class::isInstance)
                    || access.identities().size() > 1;
            throw new SshException(
                    node,
                    where + " ended the connection during the login: " + e.getMessage()
                            + (many
                                    ? ". If it was offered too many keys before the right one (MaxAuthTries), name that with "
                                            + "--identity"
                                    : ""),
                    e);
        } catch (IOException e) {
            throw new SshException(node, "cannot log in at " + where + ": " + e.getMessage(), e);
        }
        // The timeouts above were for the login; a command has its own, and keep-alive notices a dead peer.
        client.setTimeout(0);
        if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
            runner.setMaxAliveCount(KEEP_ALIVE_MISSES);
            runner.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        }
    }

    private static DefaultConfig config(List<String> knownTypes) {
        DefaultConfig config = new DefaultConfig();
        Algorithms.choose(config, knownTypes);
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        return config;
    }

    private static HostKeys trust(String node, Access access) throws SshException {
        try {
            return new HostKeys(access.trust());
        } catch (IOException e) {
            throw new SshException(node, e.getMessage(), e);
        }
    }

    /** @param accepted by the server, which may take no keys, or no passwords */
    private static String refused(String where, String user, List<Identity> identities, Iterable<String> accepted) {
        String ways = String.join(", ", accepted);
        boolean keys = identities.stream().anyMatch(identity -> !(identity instanceof Identity.Password));
        if (keys && !ways.isEmpty() && !ways.contains("publickey")) {
            return where + " takes no key from user " + user + ", only " + ways
                    + ". Set PubkeyAuthentication yes in its sshd_config, or name another user";
        }
        String remedy = keys || identities.isEmpty()
                ? ". Add the public key to the authorized_keys of that user, or name another user or key"
                : ways.contains("password")
                        ? ". Correct the password or the user"
                        : ". It takes " + (ways.isEmpty() ? "no passwords" : "only " + ways) + ": give it a key";
        return where + " refuses user " + user + " with " + names(identities) + remedy;
    }

    /** Why a jump host made no connection to the node, if it is that. */
    private static Optional<String> forwarding(String where, Access access, IOException e) {
        if (!(e instanceof OpenFailException refused) || access.jump().isEmpty()) {
            return Optional.empty();
        }
        String hop = access.jump().get().host();
        return Optional.of(
                refused.getReason() == OpenFailException.Reason.CONNECT_FAILED
                        ? "the jump host " + hop + " cannot reach " + where + " (" + refused.getMessage()
                                + "). Is the host up, and SSH allowed from there?"
                        : "the jump host " + hop + " forbids connections to " + where + "; allow them for user "
                                + access.jump().get().user() + " there (AllowTcpForwarding and PermitOpen in its "
                                + "sshd_config, restrict and permitopen in authorized_keys), or take another jump host");
    }

    private static String unreachable(String where, HostKeys keys, IOException e) {
        if (!keys.refusal().isEmpty()) {
            return keys.refusal();
        }
        if (e instanceof UnknownHostException) {
            return "the name in " + where + " is unknown";
        }
        if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
            return "no answer from " + where + ". Is the host up, and SSH allowed from here?";
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return "cannot reach " + where + " (" + e.getMessage() + "). Is the host up, and SSH running and allowed?";
        }
        if (String.valueOf(e.getMessage()).contains("Unable to reach a settlement")) {
            return "no SSH with " + where
                    + ", since it offers only algorithms that are no longer safe (SHA-1, CBC, 3DES, "
                    + "DSA) or that are not known here. Update its SSH server, or allow others in its sshd_config "
                    + "(KexAlgorithms, HostKeyAlgorithms, Ciphers, MACs): " + e.getMessage();
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
