package io.jenkins.plugins.baton.agent.plane.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a loopback address of its own; each connection gets a thread and the behaviour that the test gives. */
final class TestServer implements AutoCloseable {

    /** What the server does with a connection, which is closed afterwards. */
    @FunctionalInterface
    interface Behaviour {
        void serve(Socket socket) throws Exception;
    }

    final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;

    TestServer(Behaviour behaviour) throws IOException {
        socket = new ServerSocket(0, 1000, ProxyBench.loopback());
        thread("test-server", () -> {
            while (true) {
                Socket connection = socket.accept();
                accepted.add(connection);
                thread("test-connection", () -> {
                    try (connection) {
                        behaviour.serve(connection);
                    }
                });
            }
        });
    }

    /** Sends back what it hears until it hears no more. */
    static TestServer echo() throws IOException {
        return new TestServer(connection -> connection.getInputStream().transferTo(connection.getOutputStream()));
    }

    /** Says its name and closes. */
    static TestServer saying(String name) throws IOException {
        return new TestServer(connection -> connection.getOutputStream().write(name.getBytes(UTF_8)));
    }

    /** Accepts and says nothing until the client hangs up. */
    static TestServer silent() throws IOException {
        return new TestServer(connection -> connection.getInputStream().read());
    }

    /** An address where connects are refused. */
    static InetSocketAddress refusing() {
        return new InetSocketAddress(ProxyBench.loopback(), 1);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private interface Body {
        void run() throws Exception;
    }

    private static void thread(String name, Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (Exception e) {
                        // The other end is gone; whether it should be is for the test to say.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : accepted) {
            connection.close();
        }
    }
}
