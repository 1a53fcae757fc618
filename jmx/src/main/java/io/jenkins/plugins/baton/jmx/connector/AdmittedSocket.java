package io.jenkins.plugins.baton.jmx.connector;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * A connection of RMI's whose user is known: whoever reads from it works for that user, see {@link Caller}.
 *
 * <p>It does not tell where it comes from. RMI's registry lets everybody who comes from an address of this host change it
 * ({@code RegistryImpl.checkAccess}), and nobody who comes from an unknown one.
 */
final class AdmittedSocket extends Socket {
    private final Socket connection;
    private final String user;

    AdmittedSocket(Socket connection, String user) {
        this.connection = connection;
        this.user = user;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(connection.getInputStream()) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                Caller.isOverJmx(user);
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                Caller.isOverJmx(user);
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return connection.getOutputStream();
    }

    @Override
    public InetAddress getInetAddress() {
        return null;
    }

    @Override
    public int getPort() {
        return connection.getPort();
    }

    @Override
    public int getLocalPort() {
        return connection.getLocalPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return connection.getLocalAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        connection.setTcpNoDelay(on);
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        connection.setKeepAlive(on);
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        connection.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return connection.getSoTimeout();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return connection.isClosed();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    @Override
    public String toString() {
        return "connection of " + user;
    }
}
