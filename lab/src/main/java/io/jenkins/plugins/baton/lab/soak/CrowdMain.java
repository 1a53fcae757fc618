package io.jenkins.plugins.baton.lab.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * The crowd in its own JVM: {@code ADDRESS PORT COUNT FIRST-PORT}. Thousands of connections on one thread, of which each that breaks is a line
 * on standard output and is replaced; once a second a line says how many are open. Its own ports are
 * taken in turn: one that has just been closed is not used again at once. It ends when its standard input does.
 */
public final class CrowdMain {
    /** Of one process. */
    static final int PORTS = 13_000;

    private static final int RCVBUF = 8 << 10;
    private static final int OPENED_AT_ONCE = 50;
    private static final long LOOK_MILLIS = 50;
    /** Without an answer for so long a connection is lost; a busy machine needs seconds. */
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final InetSocketAddress target;
    private final int firstPort;
    private int ports;
    private final Member[] members;
    private final Deque<Member> closed = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
    private final Selector selector = Selector.open();
    private int open;
    private int failed;
    private long echoes;

    /** One connection, and the one that replaces it. */
    private static final class Member {
        final Kind kind;
        SocketChannel channel;
        boolean greeted;
        String node = "";
        long acts;
        /** Since when an answer is owed; 0: none is. */
        long asked;

        Member(Kind kind) {
            this.kind = kind;
        }
    }

    private CrowdMain(InetSocketAddress target, int count, int firstPort) throws IOException {
        this.target = target;
        this.firstPort = firstPort;
        this.members = new Member[count];
        for (int i = 0; i < count; i++) {
            members[i] = new Member(Kind.ofNumber(i));
            closed.add(members[i]);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Thread parent = new Thread(CrowdMain::endWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        InetSocketAddress target = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        new CrowdMain(target, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])).run();
    }

    private static void endWithParent() {
        try {
            System.in.read();
        } catch (IOException e) {
            // As good as its end.
        }
        System.exit(0);
    }

    private void run() throws IOException {
        long told = System.nanoTime();
        while (true) {
            for (int i = 0; i < OPENED_AT_ONCE && !closed.isEmpty(); i++) {
                connect(closed.poll());
            }
            selector.select(LOOK_MILLIS);
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                handle(keys.next());
            }
            long now = System.nanoTime();
            for (Member member : members) {
                act(member, now);
            }
            if (now - told > TimeUnit.SECONDS.toNanos(1)) {
                told = now;
                System.out.println("open\t" + open + "\t" + failed + "\t" + echoes);
            }
        }
    }

    private void connect(Member member) {
        try {
            member.channel = SocketChannel.open();
            member.channel.configureBlocking(false);
            member.channel.setOption(StandardSocketOptions.SO_RCVBUF, RCVBUF);
            member.channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            member.channel.bind(new InetSocketAddress(firstPort + ports));
            ports = (ports + 1) % PORTS;
            member.greeted = false;
            member.asked = System.nanoTime();
            member.channel.register(selector, SelectionKey.OP_CONNECT, member);
            member.channel.connect(target);
        } catch (IOException e) {
            lose(member, e.toString());
        }
    }

    private void handle(SelectionKey key) {
        Member member = (Member) key.attachment();
        try {
            if (key.isValid() && key.isConnectable() && member.channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                member.channel.write(ByteBuffer.wrap(new byte[] {(byte) member.kind.letter()}));
            } else if (key.isValid() && key.isReadable()) {
                read(member, key);
            }
        } catch (IOException e) {
            lose(member, e.getMessage());
        }
    }

    private void read(Member member, SelectionKey key) throws IOException {
        int length = member.channel.read(buffer.clear());
        if (length < 0) {
            lose(member, "end of file");
            return;
        }
        member.asked = 0;
        if (!member.greeted) {
            greeted(member);
        } else if (member.kind == Kind.IDLE || member.kind == Kind.BUSY) {
            echoes++;
        }
        if (member.kind == Kind.SLOW_READER) {
            key.interestOps(0); // until it acts again
        }
    }

    private void greeted(Member member) throws IOException {
        member.greeted = true;
        member.node = StandardCharsets.US_ASCII
                .decode(buffer.flip())
                .toString()
                .lines()
                .findFirst()
                .orElse("");
        // Not all at once.
        long period = TimeUnit.SECONDS.toNanos(member.kind.seconds());
        member.acts = System.nanoTime() + (long) (Math.random() * period);
        open++;
        if (member.kind == Kind.HALF_CLOSED) {
            member.channel.shutdownOutput();
        }
    }

    private void act(Member member, long now) {
        if (member.channel == null) {
            return;
        }
        if (member.asked != 0 && now - member.asked > ANSWER_NANOS) {
            lose(member, "no answer");
            return;
        }
        if (!member.greeted || now - member.acts < 0) {
            return;
        }
        member.acts = now + TimeUnit.SECONDS.toNanos(member.kind.seconds());
        try {
            switch (member.kind) {
                case IDLE, BUSY -> {
                    if (member.asked == 0) {
                        member.asked = now;
                        member.channel.write(ByteBuffer.wrap(new byte[] {'?'}));
                    }
                }
                case SLOW_READER -> {
                    member.asked = member.asked == 0 ? now : member.asked;
                    member.channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
                }
                case HALF_CLOSED -> member.asked = member.asked == 0 ? now : member.asked;
            }
        } catch (IOException e) {
            lose(member, e.getMessage());
        }
    }

    private void lose(Member member, String reason) {
        if (member.greeted) {
            open--;
            System.out.println("lost\t" + member.kind + "\t" + member.node + "\t" + reason);
        } else {
            failed++;
        }
        try {
            member.channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
        member.channel = null;
        member.greeted = false;
        closed.add(member);
    }
}
