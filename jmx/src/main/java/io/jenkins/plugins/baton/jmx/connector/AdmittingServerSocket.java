package io.jenkins.plugins.baton.jmx.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands over connections of users who may connect, a few at a time; RMI starts a thread for each. */
final class AdmittingServerSocket extends ServerSocket {
    static final int MAX_CONNECTIONS = 8;

    private final ServerSocket listening;
    private final Admission admission;
    /** Belongs to the thread that accepts. */
    private final List<Socket> open = new ArrayList<>();

    AdmittingServerSocket(ServerSocket listening, Admission admission) throws IOException {
        this.listening = listening;
        this.admission = admission;
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            Socket connection = listening.accept();
            Optional<Socket> admitted = admit(connection);
            if (admitted.isPresent()) {
                return admitted.get();
            }
            connection.close();
        }
    }

    private Optional<Socket> admit(Socket connection) {
        Optional<String> user =
                admission.admit((InetSocketAddress) connection.getRemoteSocketAddress(), (InetSocketAddress)
                        connection.getLocalSocketAddress());
        if (user.isEmpty()) {
            return Optional.empty();
        }
        open.removeIf(Socket::isClosed);
        if (open.size() >= MAX_CONNECTIONS) {
            admission.refuseOneMore(user.get(), MAX_CONNECTIONS);
            return Optional.empty();
        }
        open.add(connection);
        return Optional.of(new AdmittedSocket(connection, user.get()));
    }

    @Override
    public InetAddress getInetAddress() {
        return listening.getInetAddress();
    }

    @Override
    public int getLocalPort() {
        return listening.getLocalPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return listening.getLocalSocketAddress();
    }

    @Override
    public boolean isClosed() {
        return listening.isClosed();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
