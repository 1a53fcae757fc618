package io.jenkins.plugins.baton.agent.management;

import java.io.IOException;
import java.net.BindException;
import java.rmi.NoSuchObjectException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.ExportException;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;

/**
 * The JMX connector for people: registry and server behind one port of 127.0.0.1, and nothing else listening.
 *
 * <p>The JVM's own {@code -Dcom.sun.management.jmxremote} is not used: beside the port that it is told it opens a random
 * one on the wildcard address.
 */
public final class JmxConnector implements AutoCloseable {
    private static final String NAME = "jmxrmi";

    /** What a client may send: names, numbers, texts, queries and filters of the JMX specification. */
    private static final String SERIAL_FILTER = "maxdepth=20;maxarray=10000;maxrefs=10000;maxbytes=1000000;"
            + "java.lang.*;java.util.*;java.math.*;java.rmi.**;javax.management.**;"
            + "javax.security.auth.Subject;!*";

    private final Registry registry;
    private final RMIConnectorServer server;

    private JmxConnector(Registry registry, RMIConnectorServer server) {
        this.registry = registry;
        this.server = server;
    }

    /**
     * @param port 1..65535
     * @throws ManagementException when the port cannot be had
     */
    public static JmxConnector open(int port, MBeanServer beans) throws ManagementException {
        // Read once, by the first export of this JVM: the host that stubs name. Without it RMI asks the name service
        // for this machine's name, and clients behind `ssh -L` would be sent to an address that is not forwarded.
        System.setProperty("java.rmi.server.hostname", LoopbackSockets.HOST);
        // Also read once. RMI's registry lets every local user put another object under our name, and whoever comes with
        // JConsole would talk to that one. Objects are refused; clients that look a name up send none.
        System.setProperty("sun.rmi.registry.registryFilter", "!*");
        LoopbackSockets sockets = new LoopbackSockets();
        Registry registry = null;
        try {
            registry = LocateRegistry.createRegistry(port, null, sockets);
            Map<String, ?> environment = Map.of(
                    "jmx.remote.rmi.server.serial.filter.pattern", SERIAL_FILTER,
                    "jmx.remote.rmi.server.credentials.filter.pattern", "java.lang.String;!*");
            RMIJRMPServerImpl endpoint = new RMIJRMPServerImpl(port, null, sockets, environment);
            RMIConnectorServer server =
                    new RMIConnectorServer(new JMXServiceURL("rmi", LoopbackSockets.HOST, 0), environment, endpoint, beans);
            server.setMBeanServerForwarder(MBeanGuard.create());
            server.start();
            registry.rebind(NAME, endpoint.toStub());
            return new JmxConnector(registry, server);
        } catch (IOException e) {
            if (registry != null) {
                unexport(registry);
            }
            throw new ManagementException(sentence(port, e), e);
        }
    }

    /** The address for JConsole and other clients. */
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
    }

    private static void unexport(Registry registry) {
        try {
            UnicastRemoteObject.unexportObject(registry, true);
        } catch (NoSuchObjectException e) {
            // Already gone.
        }
    }

    private static String sentence(int port, IOException e) {
        Throwable cause = e instanceof ExportException && e.getCause() != null ? e.getCause() : e;
        String remedy = cause instanceof BindException
                ? "; free the port or set another one in the cluster file, as in management: {jmxPort: 9011}"
                : "";
        return "Cannot listen for JMX on " + LoopbackSockets.HOST + ":" + port + ": " + cause.getMessage() + remedy;
    }
}
