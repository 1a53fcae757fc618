package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.cluster.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A listener that never accepts and whose queue is full: the kernel drops further SYNs. */
public final class BlackHole implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> filling = new ArrayList<>();

    public BlackHole() throws IOException {
        for (int i = 0; i < 8; i++) {
            Socket client = new Socket();
            filling.add(client);
            try {
                client.connect(socket.getLocalSocketAddress(), 100);
            } catch (IOException e) {
                return; // full
            }
        }
    }

    public Endpoint endpoint() {
        return new Endpoint(socket.getInetAddress(), socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        for (Socket client : filling) {
            client.close();
        }
        socket.close();
    }
}
