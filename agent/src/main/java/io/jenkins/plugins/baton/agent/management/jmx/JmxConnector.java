package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import java.io.IOException;
import java.net.BindException;
import java.rmi.NoSuchObjectException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.ExportException;
import java.rmi.server.UnicastRemoteObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;

/**
 * The JMX connector for people: registry and server behind one port of 127.0.0.1, and nothing else listening. Who may
 * connect is {@link JmxAdmission}'s to say.
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

    private static final String READ_TIMEOUT_MILLIS = "60000";

    private final JmxAdmission admission;
    private final Registry registry;
    private final RMIConnectorServer server;

    private JmxConnector(JmxAdmission admission, Registry registry, RMIConnectorServer server) {
        this.admission = admission;
        this.registry = registry;
        this.server = server;
    }

    /**
     * @param port 1..65535
     * @param users names of the users who may connect beside root and the agent's own, whenever it is asked
     * @throws ManagementException when the port cannot be had
     */
    public static JmxConnector open(int port, Supplier<List<String>> users, MBeanServer beans)
            throws ManagementException {
        // Read once, by the first export of this JVM: the host that stubs name. Without it RMI asks the name service
        // for this machine's name, and clients behind `ssh -L` would be sent to an address that is not forwarded.
        System.setProperty("java.rmi.server.hostname", LoopbackSockets.HOST);
        // Also read once. RMI's registry lets every local user put another object under our name, and whoever comes
        // with
        // JConsole would talk to that one. Objects are refused; clients that look a name up send none.
        System.setProperty("sun.rmi.registry.registryFilter", "!*");
        // How long a connection may say nothing, instead of two hours: each has a thread.
        System.setProperty("sun.rmi.transport.tcp.readTimeout", READ_TIMEOUT_MILLIS);
        JmxAdmission admission = null;
        Registry registry = null;
        try {
            admission = new JmxAdmission(users);
            LoopbackSockets sockets = new LoopbackSockets(admission);
            registry = LocateRegistry.createRegistry(port, null, sockets);
            Map<String, ?> environment = Map.of(
                    "jmx.remote.rmi.server.serial.filter.pattern",
                    SERIAL_FILTER,
                    "jmx.remote.rmi.server.credentials.filter.pattern",
                    "java.lang.String;!*");
            RMIJRMPServerImpl endpoint = new RMIJRMPServerImpl(port, null, sockets, environment);
            RMIConnectorServer server = new RMIConnectorServer(
                    new JMXServiceURL("rmi", LoopbackSockets.HOST, 0), environment, endpoint, beans);
            server.setMBeanServerForwarder(MBeanGuard.create());
            server.start();
            registry.rebind(NAME, endpoint.toStub());
            return new JmxConnector(admission, registry, server);
        } catch (IOException e) {
            if (admission != null) {
                admission.close();
            }
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

    /** How many connections were refused up to now. */
    public long refused() {
        return admission.refused();
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
        admission.close();
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
