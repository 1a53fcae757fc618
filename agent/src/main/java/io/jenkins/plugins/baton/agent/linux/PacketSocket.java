package io.jenkins.plugins.baton.agent.linux;

/** Sends whole Ethernet frames: an {@code AF_PACKET} socket. */
final class PacketSocket implements AutoCloseable {
    private static final int AF_PACKET = 17;

    private final OpenFile file;

    private PacketSocket(OpenFile file) {
        this.file = file;
    }

    /** One that receives nothing: protocol 0. */
    static PacketSocket forSending() throws LinuxException {
        int descriptor = Libc.socket(AF_PACKET, RawSocket.SOCK_RAW | RawSocket.SOCK_NONBLOCK | RawSocket.SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            throw LinuxException.last("open packet socket", Capability.NET_RAW);
        }
        return new PacketSocket(new OpenFile(descriptor));
    }

    void send(Link link, byte[] frame) throws LinuxException {
        byte[] address = address(0, link);
        if (Libc.sendto(file.descriptor(), frame, frame.length, 0, address, address.length) < 0) {
            throw LinuxException.last("send a frame on " + link.name());
        }
    }

    /** struct sockaddr_ll; the frame itself says where it goes. */
    private static byte[] address(int etherType, Link link) {
        return StructWriter.of(20).int16(AF_PACKET).net16(etherType).int32(link.index()).array();
    }

    @Override
    public void close() {
        file.close();
    }
}
