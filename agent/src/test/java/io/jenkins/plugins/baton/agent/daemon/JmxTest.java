package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.jmx.Json;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.Snapshot;
import java.nio.file.Path;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.AttributeChangeNotification;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JConsole and VisualVM do, through the same RMI client. */
class JmxTest {
    private static final ObjectName BACKEND = ObjectNames.backend("api", "b1");

    @TempDir
    Path folder;

    private RunningComponents agent;
    private JMXConnector connector;
    private MBeanServerConnection client;

    @BeforeEach
    void connect() throws Exception {
        agent = new RunningComponents(folder);
        connector = agent.connect();
        client = connector.getMBeanServerConnection();
    }

    @AfterEach
    void close() throws Exception {
        connector.close();
        agent.close();
    }

    @Test
    void attributesAreReadWithTheirDescriptions() throws Exception {
        assertThat(client.getAttribute(ObjectNames.agent(), "Node")).isEqualTo("m1");
        assertThat(client.getAttribute(ObjectNames.frontend("api"), "Bind"))
                .isEqualTo("127.0.0.1:" + agent.frontendPort);
        assertThat(client.getMBeanInfo(BACKEND).getAttributes()).anySatisfy(attribute -> {
            assertThat(attribute.getName()).isEqualTo("Health");
            assertThat(attribute.getDescription()).startsWith("UP, DOWN, DRAIN");
        });
    }

    @Test
    void anOperationIsCarriedOutAndTheChangeIsTold() throws Exception {
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        client.addNotificationListener(BACKEND, (notification, handback) -> heard.add(notification), null, null);

        client.invoke(BACKEND, "drain", new Object[0], new String[0]);

        assertThat(client.getAttribute(BACKEND, "Health")).isEqualTo("DRAIN");
        AttributeChangeNotification change = next(heard, "DRAIN");
        assertThat(change.getAttributeName()).isEqualTo("Health");
        assertThat(change.getOldValue()).isNotEqualTo("DRAIN");
        assertThat(change.getMessage()).contains("operator").contains("no reason given");
    }

    @Test
    void aReasonIsToldWithWhoGaveIt() throws Exception {
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        client.addNotificationListener(BACKEND, (notification, handback) -> heard.add(notification), null, null);

        client.invoke(BACKEND, "drain", new Object[] {"slow disk"}, new String[] {String.class.getName()});

        assertThat(next(heard, "DRAIN").getMessage())
                .contains("slow disk")
                .contains("asked by " + System.getProperty("user.name"));
    }

    @Test
    void setWeightIsAnOperationWithANamedParameterThatReturnsTheOldWeight() throws Exception {
        assertThat(client.getMBeanInfo(BACKEND).getOperations())
                .filteredOn(operation -> operation.getName().equals("setWeight"))
                .extracting(MBeanOperationInfo::getSignature)
                .hasSize(2)
                .allSatisfy(signature -> assertThat(signature[0].getName()).isEqualTo("weight"));
        assertThat(setWeight(7)).isEqualTo(1);
        assertThat(setWeight(0)).isEqualTo(7);
        assertThat(client.getAttribute(BACKEND, "Weight")).isEqualTo(0);
        assertThatThrownBy(() -> setWeight(257)).rootCause().hasMessageContaining("256");
    }

    private Object setWeight(int weight) throws Exception {
        return client.invoke(BACKEND, "setWeight", new Object[] {weight}, new String[] {"int"});
    }

    @Test
    void theSnapshotWorksThroughTheConnection() throws Exception {
        String json = Json.write(new Snapshot(client).take(Instant.now()));
        assertThat(json)
                .startsWith("{\"node\":\"m1\",\"version\":\"1.2.3\"")
                .contains("\"backends\":[{\"name\":\"b1\"")
                .endsWith("\"checks\":[]}");
    }

    @Test
    void aReloadAddsAndRemovesBeans() throws Exception {
        agent.reload(agent.file("b1", "b3"));
        assertThat(client.isRegistered(BACKEND)).isTrue();
        assertThat(client.isRegistered(ObjectNames.backend("api", "b3"))).isTrue();
        assertThatThrownBy(() -> client.getAttribute(ObjectNames.backend("api", "b2"), "Health"))
                .isInstanceOf(InstanceNotFoundException.class);
    }

    @Test
    void anotherObjectCannotTakeTheConnectorsPlace() throws Exception {
        Registry registry = LocateRegistry.getRegistry("127.0.0.1", agent.jmxPort);
        Remote ours = registry.lookup("jmxrmi");
        assertThatThrownBy(() -> registry.rebind("jmxrmi", ours)).rootCause().hasMessageContaining("disallowed");
        agent.connect().close();
    }

    @Test
    void nobodyTakesTheConnectorOutOfTheRegistry() throws Exception {
        Registry registry = LocateRegistry.getRegistry("127.0.0.1", agent.jmxPort);
        assertThatThrownBy(() -> registry.unbind("jmxrmi")).rootCause().hasMessageContaining("disallowed");
        assertThat(registry.list()).containsExactly("jmxrmi");
        agent.connect().close();
    }

    @Test
    void clientsCannotLoadCodeIntoTheAgent() throws Exception {
        assertThatThrownBy(() -> client.createMBean("javax.management.loading.MLet", new ObjectName("x:type=MLet")))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> client.invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmVersion",
                        new Object[0],
                        new String[0]))
                .isInstanceOf(SecurityException.class);
    }

    @Test
    void clientsMayOperateTheJvmsOwnPages() throws Exception {
        client.invoke(new ObjectName("java.lang:type=Memory"), "gc", new Object[0], new String[0]);
    }

    /** Waits for the notification with this new value; others may come before it. */
    private static AttributeChangeNotification next(BlockingQueue<Notification> heard, String newValue)
            throws InterruptedException {
        while (true) {
            Notification notification = heard.poll(30, TimeUnit.SECONDS);
            assertThat(notification).as("a notification of %s", newValue).isNotNull();
            if (notification instanceof AttributeChangeNotification change && newValue.equals(change.getNewValue())) {
                return change;
            }
        }
    }
}
