package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import io.jenkins.plugins.baton.jmx.connector.LoopbackConnector;
import io.jenkins.plugins.baton.jmx.text.Printable;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's JMX port. Who may connect is {@link JmxAdmission}'s to say; every operation is logged with its user. */
public final class JmxConnector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");

    private final JmxAdmission admission;
    private final LoopbackConnector connector;

    private JmxConnector(JmxAdmission admission, LoopbackConnector connector) {
        this.admission = admission;
        this.connector = connector;
    }

    /**
     * @param port 1..65535
     * @param users names of the users who may connect beside root and the agent's own, whenever it is asked
     * @throws ManagementException when the port cannot be had
     */
    public static JmxConnector open(int port, Supplier<List<String>> users, MBeanServer beans)
            throws ManagementException {
        JmxAdmission admission = null;
        try {
            admission = new JmxAdmission(users);
            return new JmxConnector(
                    admission,
                    LoopbackConnector.open(
                            port,
                            admission,
                            (user, operation) -> LOG.info("JMX: {} by {}", Printable.line(operation), user),
                            beans));
        } catch (IOException e) {
            if (admission != null) {
                admission.close();
            }
            String remedy = e.getCause() instanceof BindException
                    ? "; free the port or set another one in the cluster file, as in management: {jmxPort: 9011}"
                    : "";
            throw new ManagementException(e.getMessage() + remedy, e);
        }
    }

    /** How many connections were refused up to now. */
    public long refused() {
        return admission.refused();
    }

    /** Ends all connections and gives the port back. */
    @Override
    public void close() {
        connector.close();
        admission.close();
    }
}
