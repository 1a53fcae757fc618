package io.jenkins.plugins.baton.agent.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What becomes of a question when the kernel has no room, no time, or changes its tables meanwhile. */
class NetlinkSessionTest {
    private static final int ITEM = 100;
    private static final int DUMP_INTERRUPTED = 0x10;

    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<Integer> read = new ArrayList<>();
    private final NetlinkSession kernel = new NetlinkSession(new Kernel());
    private int questions;

    /** What one read of the socket gives, for the question of a sequence number. */
    private interface Reply {
        boolean read(int sequence, Consumer<NetlinkMessage> reader) throws LinuxException;
    }

    private final class Kernel implements NetlinkSession.Channel {
        @Override
        public void send(String attempted, byte[] request) {
            questions++;
        }

        @Override
        public boolean receive(String attempted, Consumer<NetlinkMessage> reader) throws LinuxException {
            Reply reply = replies.poll();
            return reply != null && reply.read(questions, reader);
        }

        @Override
        public void close() {}
    }

    @Test
    void dumpThatTimedOutIsAskedForAgain() throws Exception {
        replies.add(says(item(1)));
        replies.add((sequence, reader) -> false);
        replies.add(says(item(1), item(2), done(0)));

        assertThat(dump()).containsExactly(1, 2);
        assertThat(questions).isEqualTo(2);
    }

    @Test
    void dumpThatOverflowedTheSocketIsReadToItsEndAndAskedForAgain() throws Exception {
        replies.add(says(item(1)));
        replies.add(fails(Errno.ENOBUFS));
        replies.add(says(item(3), done(0)));
        replies.add(says(item(1), item(2), item(3), done(0)));

        assertThat(dump()).containsExactly(1, 2, 3);
    }

    @Test
    void dumpThatAChangeInterruptedIsAskedForAgain() throws Exception {
        replies.add(says(sequence -> message(ITEM, DUMP_INTERRUPTED, sequence, 1), done(0)));
        replies.add(says(item(2), done(0)));

        assertThat(dump()).containsExactly(2);
    }

    @Test
    void dumpThatTheKernelRefusesBecauseAnEarlierOneIsNotOverIsAskedForAgain() throws Exception {
        replies.add(says(error(Errno.EBUSY)));
        replies.add(says(item(1), done(0)));

        assertThat(dump()).containsExactly(1);
    }

    @Test
    void lateAnswerToAnEarlierQuestionIsNotTakenForThisOne() throws Exception {
        replies.add((sequence, reader) -> false);
        replies.add(says(sequence -> message(ITEM, 0, sequence - 1, 9), sequence -> message(3, 0, sequence - 1, 0)));
        replies.add(says(item(1), done(0)));

        assertThat(dump()).containsExactly(1);
    }

    @Test
    void dumpThatNeverSucceedsFailsWithItsReason() {
        assertThatThrownBy(this::dump).isInstanceOf(LinuxException.class).hasMessage("list: ETIMEDOUT (timed out)");
        assertThat(questions).isEqualTo(5);
    }

    @Test
    void refusalThatIsFinalIsNotAskedForAgain() {
        replies.add(says(error(Errno.EPERM)));

        assertThatThrownBy(this::dump).isInstanceOf(LinuxException.class).hasMessageContaining("EPERM");
        assertThat(questions).isEqualTo(1);
    }

    private List<Integer> dump() throws LinuxException {
        kernel.ask(
                "list",
                NetlinkRequest.of(1, NetlinkRequest.FLAG_DUMP, new byte[4]),
                read::clear,
                message -> read.add(message.body().getInt(0)));
        return read;
    }

    @SafeVarargs
    private static Reply says(IntFunction<NetlinkMessage>... messages) {
        return (sequence, reader) -> {
            for (IntFunction<NetlinkMessage> message : messages) {
                reader.accept(message.apply(sequence));
            }
            return true;
        };
    }

    private static Reply fails(Errno errno) {
        return (sequence, reader) -> {
            throw new LinuxException("list", errno);
        };
    }

    private static IntFunction<NetlinkMessage> item(int number) {
        return sequence -> message(ITEM, 0, sequence, number);
    }

    private static IntFunction<NetlinkMessage> done(int code) {
        return sequence -> message(NetlinkMessage.DONE, 0, sequence, code);
    }

    private static IntFunction<NetlinkMessage> error(Errno errno) {
        return sequence -> message(NetlinkMessage.ERROR, 0, sequence, -errno.code());
    }

    private static NetlinkMessage message(int type, int flags, int sequence, int word) {
        ByteBuffer body = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0, word);
        return new NetlinkMessage(type, flags, sequence, body);
    }
}
