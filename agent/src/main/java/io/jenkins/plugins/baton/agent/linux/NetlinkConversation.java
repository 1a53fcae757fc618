package io.jenkins.plugins.baton.agent.linux;

import java.util.function.Consumer;

/** Questions to one part of the kernel over netlink, one after the other, each with all of its answer. */
final class NetlinkConversation implements AutoCloseable {
    /** A dump that keeps being interrupted by changes is taken as it is after so many. */
    private static final int MAX_DUMPS = 5;

    private final NetlinkSocket socket;
    private int sequence;

    private NetlinkConversation(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** @param part {@link NetlinkSocket#ROUTE} or {@link NetlinkSocket#NETFILTER} */
    static NetlinkConversation open(int part) throws LinuxException {
        return new NetlinkConversation(NetlinkSocket.forRequests(part));
    }

    /** @param restart forgets what was read of a dump that has to be repeated */
    void dump(String attempted, NetlinkRequest request, Runnable restart, Consumer<NetlinkMessage> reader)
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
    boolean converse(String attempted, NetlinkRequest request, Consumer<NetlinkMessage> reader)
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
