package io.jenkins.plugins.baton.agent.linux;

import io.jenkins.plugins.baton.cluster.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads and changes links and addresses of a network namespace. Every call is a conversation with the kernel that
 * ends with its acknowledgement; it takes tens of microseconds, and waits while somebody else holds the kernel's
 * {@code rtnl} lock.
 */
public final class Rtnetlink implements AutoCloseable {
    /** A dump that keeps being interrupted by changes is taken as it is after so many. */
    private static final int MAX_DUMPS = 5;

    private final NetlinkSocket socket;
    private int sequence;

    private Rtnetlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    public static Rtnetlink open() throws LinuxException {
        return new Rtnetlink(NetlinkSocket.forRequests());
    }

    public List<Link> links() throws LinuxException {
        List<Link> links = new ArrayList<>();
        dump("list the interfaces", LinkMessage.getAll(), links::clear, message -> {
            if (message.type() == LinkMessage.NEW) {
                LinkMessage.read(message).ifPresent(links::add);
            }
        });
        return links;
    }

    /** Empty when there is no interface of that name. */
    public Optional<Link> link(String name) throws LinuxException {
        List<Link> links = new ArrayList<>();
        try {
            converse("look up interface " + name, LinkMessage.get(name), message -> {
                if (message.type() == LinkMessage.NEW) {
                    LinkMessage.read(message).ifPresent(links::add);
                }
            });
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENODEV && e.errno() != Errno.ERANGE) { // ERANGE: longer than a name can be
                throw e;
            }
        }
        return links.stream().findFirst();
    }

    /** All addresses of all interfaces. */
    public List<AssignedAddress> addresses() throws LinuxException {
        List<AssignedAddress> addresses = new ArrayList<>();
        dump("list the addresses", AddressMessage.getAll(), addresses::clear, message -> {
            if (message.type() == AddressMessage.NEW) {
                AddressMessage.read(message).ifPresent(addresses::add);
            }
        });
        return addresses;
    }

    /** @throws LinuxException {@code EEXIST} when the interface has it already */
    public void addAddress(Link link, Cidr address, Lifetime lifetime) throws LinuxException {
        assign(link, address, lifetime, NetlinkRequest.FLAG_EXCLUSIVE);
    }

    /** Adds the address, or renews its lifetime when the interface has it already. */
    public void replaceAddress(Link link, Cidr address, Lifetime lifetime) throws LinuxException {
        assign(link, address, lifetime, NetlinkRequest.FLAG_REPLACE);
    }

    private void assign(Link link, Cidr address, Lifetime lifetime, int flags) throws LinuxException {
        converse(
                "add address " + address + " to " + link.name(),
                AddressMessage.assign(link.index(), address, lifetime, flags),
                message -> {});
    }

    /** Removes the address; returns whether the interface had it. An interface that is gone had it not. */
    public boolean removeAddress(Link link, Cidr address) throws LinuxException {
        try {
            converse(
                    "remove address " + address + " from " + link.name(),
                    AddressMessage.remove(link.index(), address),
                    message -> {});
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.EADDRNOTAVAIL || e.errno() == Errno.ENODEV) {
                return false;
            }
            throw e;
        }
    }

    private void dump(String attempted, NetlinkRequest request, Runnable restart, Consumer<NetlinkMessage> reader)
            throws LinuxException {
        for (int i = 0; i < MAX_DUMPS; i++) {
            restart.run();
            if (!converse(attempted, request, reader)) {
                return;
            }
        }
    }

    /**
     * Sends a request and reads all of its answer.
     *
     * @return whether the kernel says that the answer may be incomplete
     */
    private boolean converse(String attempted, NetlinkRequest request, Consumer<NetlinkMessage> reader)
            throws LinuxException {
        Answer answer = new Answer(++sequence, reader);
        socket.send(attempted, request.toBytes(sequence));
        while (!answer.isComplete()) {
            if (!socket.receive(attempted, answer)) {
                throw new LinuxException(attempted, Errno.ETIMEDOUT);
            }
        }
        answer.requireSuccess(attempted);
        return answer.isInterrupted();
    }

    /** What has come so far in answer to one request. */
    private static final class Answer implements Consumer<NetlinkMessage> {
        private final int sequence;
        private final Consumer<NetlinkMessage> reader;
        private NetlinkMessage end;
        private boolean interrupted;

        Answer(int sequence, Consumer<NetlinkMessage> reader) {
            this.sequence = sequence;
            this.reader = reader;
        }

        @Override
        public void accept(NetlinkMessage message) {
            if (message.sequence() != sequence) {
                return; // the late answer to a request that was given up
            }
            interrupted |= message.isInterrupted();
            if (message.type() == NetlinkMessage.ERROR || message.type() == NetlinkMessage.DONE) {
                end = message;
            } else {
                reader.accept(message);
            }
        }

        boolean isComplete() {
            return end != null;
        }

        boolean isInterrupted() {
            return interrupted;
        }

        void requireSuccess(String attempted) throws LinuxException {
            int code = end.errorCode();
            if (code == 0) {
                return;
            }
            boolean denied = Errno.of(code) == Errno.EPERM;
            String words = end.errorText().orElse("");
            throw LinuxException.of(attempted, code, denied ? "needs " + Capability.NET_ADMIN.displayName() : words);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
