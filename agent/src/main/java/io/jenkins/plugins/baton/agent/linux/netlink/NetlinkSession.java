package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Questions to one part of the kernel over netlink, one after the other, each with all of its answer. */
public final class NetlinkSession implements AutoCloseable {
    /** A list that keeps being interrupted by changes is taken as it is after so many. */
    private static final int MAX_ATTEMPTS = 5;

    /** The kernel, as a session sees it. */
    interface Channel extends AutoCloseable {
        void send(String attempted, byte[] request) throws LinuxException;

        /** Reads one batch of messages; false when none came in time. */
        boolean receive(String attempted, Consumer<NetlinkMessage> reader) throws LinuxException;

        @Override
        void close();
    }

    private final Channel channel;
    private int sequence;

    NetlinkSession(Channel channel) {
        this.channel = channel;
    }

    /** @param part {@link NetlinkSocket#ROUTE}, {@link NetlinkSocket#SOCK_DIAG} or {@link NetlinkSocket#NETFILTER} */
    public static NetlinkSession open(int part) throws LinuxException {
        return new NetlinkSession(NetlinkSocket.forRequests(part));
    }

    /**
     * Asks what may be asked twice: for a list, or for what changes nothing when it is done already. What was interrupted,
     * or failed for a passing reason, is asked again.
     *
     * @param restart forgets what was read of an answer that has to be repeated
     */
    public void ask(String attempted, NetlinkRequest request, Runnable restart, Consumer<NetlinkMessage> reader)
            throws LinuxException {
        LinuxException failure = null;
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            restart.run();
            try {
                failure = null;
                if (!exchange(attempted, request, reader)) {
                    return;
                }
            } catch (LinuxException e) {
                if (!e.errno().isPassing()) {
                    throw e;
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Sends a request and reads all of its answer. Where the kernel had no room for a part of it, the rest is read all the
     * same: it would be in the way of the next answer, and a dump that is not read to its end refuses the next with EBUSY.
     *
     * @return whether the kernel says that the answer may be incomplete
     */
    public boolean exchange(String attempted, NetlinkRequest request, Consumer<NetlinkMessage> reader)
            throws LinuxException {
        return exchange(attempted, request.toBytes(++sequence), reader);
    }

    /** Sends requests as one; the answer to the first that has one stands for all. */
    public void transact(String attempted, List<NetlinkRequest> requests) throws LinuxException {
        sequence++;
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        requests.forEach(request -> together.writeBytes(request.toBytes(sequence)));
        exchange(attempted, together.toByteArray(), message -> {});
    }

    private boolean exchange(String attempted, byte[] request, Consumer<NetlinkMessage> reader) throws LinuxException {
        Answer answer = new Answer(sequence, reader);
        channel.send(attempted, request);
        while (!answer.isComplete()) {
            if (!isReceived(attempted, answer)) {
                throw new LinuxException(attempted, Errno.ETIMEDOUT);
            }
        }
        answer.requireSuccess(attempted);
        return answer.isInterrupted();
    }

    private boolean isReceived(String attempted, Answer answer) throws LinuxException {
        try {
            return channel.receive(attempted, answer);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOBUFS) {
                throw e;
            }
            answer.interrupted = true;
            return true;
        }
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
        channel.close();
    }
}
