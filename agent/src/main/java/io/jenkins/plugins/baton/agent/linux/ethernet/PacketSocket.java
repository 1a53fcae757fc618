package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.SocketFilter;
import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.libc.SocketOption;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.util.Optional;
import java.util.function.Function;

/** Sends and receives whole Ethernet frames: an {@code AF_PACKET} socket. Never blocks. */
public final class PacketSocket extends ForwardingPollable<Socket> {
    /** Enough for ARP and neighbour discovery; a longer frame is cut. */
    private static final int MAX_FRAME = 256;

    /** Read in one go at most. */
    private static final int MAX_FRAMES = 32;

    private static final int ETH_P_ALL = 3;

    /** Of struct sockaddr_ll. */
    private static final int ADDRESS_LENGTH = 20;

    private static final int OFFSET_INDEX = 4;

    private final NativeMemory incoming;
    private final SocketMessage outgoing = new SocketMessage(ADDRESS_LENGTH, MAX_FRAME, 0);

    private PacketSocket(Socket socket) {
        this(socket, MAX_FRAME);
    }

    private PacketSocket(Socket socket, int maxFrame) {
        super(socket);
        this.incoming = new NativeMemory(maxFrame);
    }

    /** One that only sends, on any link. */
    static PacketSocket sending() throws LinuxException {
        return new PacketSocket(open("for sending frames"));
    }

    /** One that also receives what comes in on the link. */
    public static PacketSocket receiving(Link link, int etherType) throws LinuxException {
        return new PacketSocket(open("for frames on " + link.name()).bind(address(etherType, link)));
    }

    /** One that receives only what the filter lets through. */
    public static PacketSocket receiving(Link link, int etherType, SocketFilter filter) throws LinuxException {
        return new PacketSocket(open("for frames on " + link.name())
                .set(SocketOption.SO_ATTACH_FILTER, filter.structure())
                .bind(address(etherType, link)));
    }

    /** One that receives IP packets without their frames, in and out, that the filter lets through: before any firewall. */
    public static PacketSocket receivingPackets(Link link, SocketFilter filter) throws LinuxException {
        String purpose = "for packets on " + link.name();
        return new PacketSocket(Socket.open(purpose, Socket.AF_PACKET, Socket.DGRAM | Socket.NONBLOCK, 0)
                .set(SocketOption.SO_ATTACH_FILTER, filter.structure())
                .bind(address(ETH_P_ALL, link)));
    }

    /**
     * One that receives only what the program lets through, with a short queue.
     *
     * @param maxFrame octets; a longer frame is cut
     * @param receiveBuffer octets of kernel memory; what does not fit is dropped
     */
    public static PacketSocket receiving(
            Link link, int etherType, FilterProgram filter, int maxFrame, int receiveBuffer) throws LinuxException {
        return new PacketSocket(
                filter.attachTo(open("for frames on " + link.name()))
                        .set(SocketOption.SO_RCVBUF, receiveBuffer)
                        .bind(address(etherType, link)),
                maxFrame);
    }

    /** From now on it receives only what this program lets through. */
    public void filter(FilterProgram next) throws LinuxException {
        next.attachTo(socket);
    }

    /** With protocol 0 it receives nothing until it is bound. */
    private static Socket open(String purpose) throws LinuxException {
        return Socket.open(purpose, Socket.AF_PACKET, Socket.RAW | Socket.NONBLOCK, 0);
    }

    /** A frame that may be sent again and again. */
    static SocketMessage message(Link link, byte[] frame) {
        return write(new SocketMessage(ADDRESS_LENGTH, frame.length, 0), link, frame);
    }

    private static SocketMessage write(SocketMessage message, Link link, byte[] frame) {
        message.name().putShort(0, (short) Socket.AF_PACKET).putInt(OFFSET_INDEX, link.index());
        message.payload().clear().put(frame);
        return message;
    }

    void send(Link link, byte[] frame) throws LinuxException {
        send(link, write(outgoing, link, frame));
    }

    /** @param frame as {@link #message} makes it, for the same link */
    void send(Link link, SocketMessage frame) throws LinuxException {
        if (frame.send(socket.descriptor()) < 0) {
            throw LinuxException.last("send a frame on " + link.name());
        }
    }

    /** The next frame; empty when there is none. */
    public Optional<byte[]> receive() throws LinuxException {
        long length = Libc.read(socket.descriptor(), incoming.address(), incoming.size());
        if (length >= 0) {
            byte[] frame = new byte[(int) length];
            incoming.bytes().get(0, frame);
            return Optional.of(frame);
        }
        return switch (Errno.last()) {
            // The socket tells so once when its interface goes down; it hears again when that is up (packet_notifier).
            case EAGAIN, EINTR, ENETDOWN -> Optional.empty();
            default -> throw LinuxException.last("receive a frame");
        };
    }

    /**
     * The first frame of those that wait in which the reader finds something; empty when there is none among the first
     * {@value #MAX_FRAMES}: frames without sense must not keep the caller. What is left keeps the socket readable.
     */
    public <T> Optional<T> receiveFirst(Function<byte[], Optional<T>> reader) throws LinuxException {
        for (int i = 0; i < MAX_FRAMES; i++) {
            Optional<byte[]> frame = receive();
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            Optional<T> found = reader.apply(frame.get());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** struct sockaddr_ll; the frame itself says where it goes. */
    private static byte[] address(int etherType, Link link) {
        return StructWriter.of(ADDRESS_LENGTH)
                .int16(Socket.AF_PACKET)
                .net16(etherType)
                .int32(link.index())
                .array();
    }
}
