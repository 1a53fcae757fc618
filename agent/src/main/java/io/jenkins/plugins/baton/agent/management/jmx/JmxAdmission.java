package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.linux.host.OwnService;
import io.jenkins.plugins.baton.agent.linux.host.Users;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.LocalPeers;
import io.jenkins.plugins.baton.jmx.connector.Admission;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may connect to the JMX port: root, the agent's own user (but not the scripts that the agent runs as that
 * user) and the users of the cluster file. For the thread that accepts connections; the count is for any.
 */
final class JmxAdmission implements Admission, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    private static final int ROOT = 0;
    /** Who is refused is named once; a host with more users than this is flooding the log. */
    private static final int MAX_NAMED = 1000;

    private final LocalPeers kernel;
    private final Supplier<List<String>> users;
    private final LongAdder refused = new LongAdder();
    private final Set<String> named = new HashSet<>();

    /** @param users names of the users who may connect beside root and the agent's own, as of now */
    JmxAdmission(Supplier<List<String>> users) throws IOException {
        this.kernel = LocalPeers.open();
        this.users = users;
    }

    /** The user at the other end, if it may connect; everybody else is counted, and named in the log once. */
    @Override
    public Optional<String> admit(InetSocketAddress theirs, InetSocketAddress ours) {
        try {
            Optional<LocalPeers.Peer> peer = kernel.at(theirs, ours);
            if (peer.isEmpty()) {
                refused.increment(); // it closed the connection before it was asked who it is
                return Optional.empty();
            }
            String name = Users.name(peer.get().user());
            if (isScript(peer.get(), theirs, ours)) {
                refuse("a check script of this agent");
            } else if (!isAdmitted(peer.get().user())) {
                refuse(name);
            } else {
                return Optional.of(name);
            }
        } catch (LinuxException e) {
            refuse("somebody unknown (" + e.getMessage() + ")");
        }
        return Optional.empty();
    }

    private boolean isAdmitted(int user) {
        return user == ROOT
                || user == Users.own()
                || users.get().stream()
                        .anyMatch(name -> Users.number(name).stream().anyMatch(number -> number == user));
    }

    /**
     * What runs as the agent's user in its control group was started by it. Where the kernel does not tell the groups of
     * both ends, that user is not admitted at all.
     */
    private boolean isScript(LocalPeers.Peer peer, InetSocketAddress theirs, InetSocketAddress ours)
            throws LinuxException {
        if (peer.user() == ROOT || peer.user() != Users.own() || !OwnService.exists()) {
            return false;
        }
        OptionalLong own =
                kernel.at(ours, theirs).map(LocalPeers.Peer::controlGroup).orElseGet(OptionalLong::empty);
        return own.isEmpty() || peer.controlGroup().isEmpty() || own.equals(peer.controlGroup());
    }

    @Override
    public void refuseOneMore(String user, int limit) {
        refuse(user + ", because " + limit + " connections are open");
    }

    private void refuse(String who) {
        refused.increment();
        if (named.size() < MAX_NAMED && named.add(who)) {
            LOG.warn(
                    "JMX: refused {}. Root, the agent's own user and management.jmxUsers of the cluster file may connect;"
                            + " this is said once for each",
                    who);
        }
    }

    /** How many connections were refused up to now. */
    long refused() {
        return refused.sum();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
