package io.jenkins.plugins.baton.jmx.connector;

import java.io.IOException;
import java.net.BindException;
import java.rmi.NoSuchObjectException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.management.MBeanServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;

/**
 * A JMX connector for people: registry and server behind one port of 127.0.0.1, and nothing else listening. At most 8
 * connections are open at a time, and one that is silent for a minute ends.
 *
 * <p>The JVM's own {@code -Dcom.sun.management.jmxremote} is not used: beside the port that it is told it opens a random
 * one on the wildcard address. The first connector of a JVM sets some properties of RMI for all of that JVM, among them
 * {@code java.rmi.server.hostname}.
 */
public final class LoopbackConnector implements AutoCloseable {
    private static final String NAME = "jmxrmi";

    /** What a client may send: names, numbers, texts, queries and filters of the JMX specification. */
    private static final String SERIAL_FILTER = "maxdepth=20;maxarray=10000;maxrefs=10000;maxbytes=1000000;"
            + "java.lang.*;java.util.*;java.math.*;java.rmi.**;javax.management.**;"
            + "javax.security.auth.Subject;!*";

    private static final String READ_TIMEOUT_MILLIS = "60000";

    private final LoopbackSockets sockets;
    private final Registry registry;
    private final RMIConnectorServer server;

    private LoopbackConnector(LoopbackSockets sockets, Registry registry, RMIConnectorServer server) {
        this.sockets = sockets;
        this.registry = registry;
        this.server = server;
    }

    /**
     * @param port 1..65535; 0 for a free one
     * @param operations told of every operation before it is carried out, on the thread that carries it out: the user, and
     *     what it asks for, which may have any characters
     * @throws IOException with a sentence when the port cannot be had; the cause is a {@link BindException} when another
     *     process has it
     */
    public static LoopbackConnector open(
            int port, Admission admission, BiConsumer<String, String> operations, MBeanServer beans)
            throws IOException {
        // Read once, by the first export of this JVM: the host that stubs name. Without it RMI asks the name service
        // for this machine's name, and clients behind `ssh -L` would be sent to an address that is not forwarded.
        System.setProperty("java.rmi.server.hostname", LoopbackSockets.HOST);
        // Also read once. RMI's registry lets every local user put another object under our name, and whoever comes
        // with JConsole would talk to that one. Objects are refused; clients that look a name up send none.
        System.setProperty("sun.rmi.registry.registryFilter", "!*");
        // How long a connection may say nothing, instead of two hours: each has a thread.
        System.setProperty("sun.rmi.transport.tcp.readTimeout", READ_TIMEOUT_MILLIS);
        LoopbackSockets sockets = null;
        Registry registry = null;
        try {
            sockets = new LoopbackSockets(port, admission);
            registry = LocateRegistry.createRegistry(sockets.port(), null, sockets);
            Map<String, ?> environment = Map.of(
                    "jmx.remote.rmi.server.serial.filter.pattern",
                    SERIAL_FILTER,
                    "jmx.remote.rmi.server.credentials.filter.pattern",
                    "java.lang.String;!*");
            RMIJRMPServerImpl endpoint = new RMIJRMPServerImpl(sockets.port(), null, sockets, environment);
            RMIConnectorServer server = new RMIConnectorServer(
                    new JMXServiceURL("rmi", LoopbackSockets.HOST, 0), environment, endpoint, beans);
            server.setMBeanServerForwarder(MBeanGuard.create(operations));
            server.start();
            registry.rebind(NAME, endpoint.toStub());
            return new LoopbackConnector(sockets, registry, server);
        } catch (IOException e) {
            if (registry != null) {
                unexport(registry);
            }
            if (sockets != null) {
                close(sockets);
            }
            throw new IOException(
                    "Cannot listen for JMX on " + LoopbackSockets.HOST + ":" + port + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return sockets.port();
    }

    /** The address for JConsole and other clients. */
    public String url() {
        return url(port());
    }

    /** The address of a connector at this port. */
    public static String url(int port) {
        return "service:jmx:rmi:///jndi/rmi://" + LoopbackSockets.HOST + ":" + port + "/" + NAME;
    }

    /** Ends all connections and gives the port back. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            // A client went away in the same moment; the port is given back all the same.
        }
        unexport(registry);
        close(sockets);
    }

    private static void unexport(Registry registry) {
        try {
            UnicastRemoteObject.unexportObject(registry, true);
        } catch (NoSuchObjectException e) {
            // Already gone.
        }
    }

    private static void close(LoopbackSockets sockets) {
        try {
            sockets.close();
        } catch (IOException e) {
            // RMI has closed it.
        }
    }
}
