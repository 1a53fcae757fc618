package io.jenkins.plugins.baton.fleet.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.status.ContractValues;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.Conflict;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.connector.LoopbackConnector;
import io.jenkins.plugins.baton.jmx.federation.ClusterMXBean;
import io.jenkins.plugins.baton.lab.Await;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.AttributeChangeNotification;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seven nodes in one JMX client. */
@Timeout(120)
class FederationTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ContractValues values = new ContractValues();
    private final Map<String, TestAgent> agents = new LinkedHashMap<>();
    private Federation federation;
    private LoopbackConnector connector;
    private JMXConnector connection;
    private MBeanServerConnection client;

    @BeforeEach
    void open() throws Exception {
        StringBuilder text = new StringBuilder("cluster: seven\nnodes:\n");
        for (int i = 1; i <= 7; i++) {
            text.append("  - {name: m%d, address: 10.0.0.%d, priority: %d}\n".formatted(i, i, 110 - i));
        }
        text.append(
                "virtualRouters:\n  - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9/32]}\n");
        ClusterFile file = Example.cluster(text.toString());
        file.cluster()
                .nodes()
                .forEach(node -> agents.put(node.name(), new TestAgent(node.name(), file.hash(), values)));
        agents.values().forEach(agent -> agent.role(State.BACKUP, "m1"));
        agents.get("m1").role(State.MASTER, "m1");
        federation = Federation.open(file, node -> agents.get(node.name()), Progress.SILENT);
        federation.awaitNodes(TIMEOUT);
        connector = federation.serve(0);
        connection = JMXConnectorFactory.connect(new JMXServiceURL(connector.url()));
        client = connection.getMBeanServerConnection();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        connector.close();
        federation.close();
    }

    @Test
    void everyBeanOfEveryNodeIsShownAsItsAgentShowsIt() throws Exception {
        for (Map.Entry<String, TestAgent> agent : agents.entrySet()) {
            MBeanServerConnection theirs = agent.getValue().beans();
            for (ObjectName name : theirs.queryNames(new ObjectName("baton:*"), null)) {
                ObjectName here = ObjectNames.onNode(agent.getKey(), name);
                String[] attributes = names(theirs.getMBeanInfo(name));
                assertThat(values(client, here, attributes))
                        .as(here.toString())
                        .isEqualTo(values(theirs, name, attributes))
                        .hasSize(attributes.length);
                assertThat(client.getAttribute(here, "Connected")).isEqualTo(true);
            }
        }
    }

    @Test
    void aListenerThatFailsOnceDoesNotEndTheNotifications() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        federation
                .beans()
                .addNotificationListener(
                        ObjectNames.cluster(),
                        (notification, handback) -> {
                            if (failed.getCount() > 0) {
                                failed.countDown();
                                throw new NoClassDefFoundError("what a listener needs");
                            }
                            heard.add(notification);
                        },
                        null,
                        null);
        agents.get("m7").cut(true);
        assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
        agents.get("m7").cut(false);

        assertThat(heard.poll(60, TimeUnit.SECONDS)).isNotNull();
    }

    /** Arrays as lists, which can be compared. */
    private static Map<String, Object> values(MBeanServerConnection server, ObjectName bean, String[] attributes)
            throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Attribute attribute : server.getAttributes(bean, attributes).asList()) {
            Object value = attribute.getValue();
            values.put(attribute.getName(), value instanceof Object[] array ? List.of(array) : value);
        }
        return values;
    }

    private static String[] names(MBeanInfo info) {
        return Arrays.stream(info.getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
    }

    @Test
    void descriptionsUnitsAndParametersAreThoseOfTheAgent() throws Exception {
        MBeanServerConnection theirs = agents.get("m2").beans();
        for (ObjectName name : theirs.queryNames(new ObjectName("baton:*"), null)) {
            MBeanInfo there = theirs.getMBeanInfo(name);
            MBeanInfo here = client.getMBeanInfo(ObjectNames.onNode("m2", name));
            List<String> expected = new ArrayList<>(described(there));
            expected.add("AgeMillis Age of the attributes ms");
            expected.add(
                    "Connected Whether the node's agent is heard now; false: the other attributes are the last that it told ");
            assertThat(described(here)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(here.getOperations())
                    .extracting(MBeanOperationInfo::toString)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(there.getOperations())
                            .map(MBeanOperationInfo::toString)
                            .toList());
            assertThat(here.getNotifications()).isEqualTo(there.getNotifications());
        }
    }

    private static List<String> described(MBeanInfo info) {
        return Arrays.stream(info.getAttributes())
                .map(attribute -> attribute.getName() + " " + attribute.getDescription() + " "
                        + attribute.getDescriptor().getFieldValue("units"))
                .map(text -> text.replace(" null", " "))
                .toList();
    }

    @Test
    void whatChangesOnANodeChangesHereWithoutAReport() throws Exception {
        agents.get("m7").set(TestAgent.BACKEND, "sessions", 4711L);
        awaitAttribute("m7", TestAgent.BACKEND, "Sessions", 4711L);
    }

    @Test
    void aChangeIsToldWithOldAndNewValueAndReason() throws Exception {
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        for (String node : List.of("m2", "m5")) {
            client.addNotificationListener(
                    ObjectNames.onNode(node, TestAgent.ROUTER), (told, handback) -> heard.add(told), null, null);
        }
        agents.get("m2").tell(new Change(TestAgent.ROUTER, "State", "BACKUP", "MASTER", "m1 went", Instant.now()));
        AttributeChangeNotification state = (AttributeChangeNotification) heard.poll(60, TimeUnit.SECONDS);
        assertThat(state.getSource()).isEqualTo(new ObjectName("baton:node=m2,type=VirtualRouter,name=vip"));
        assertThat(List.of(state.getAttributeName(), state.getOldValue(), state.getNewValue(), state.getMessage()))
                .isEqualTo(List.of("State", "BACKUP", "MASTER", "m1 went"));

        agents.get("m5").tell(new Change(TestAgent.ROUTER, "EffectivePriority", 100, 50, "a check", Instant.now()));
        AttributeChangeNotification priority = (AttributeChangeNotification) heard.poll(60, TimeUnit.SECONDS);
        assertThat(priority.getOldValue()).isEqualTo(100);
        assertThat(priority.getNewValue()).isEqualTo(50);

        Conflict stranger = new Conflict("VRRP", "10.0.0.77", "", 51, List.of(), "later", 1, "a stranger came");
        agents.get("m5").set(TestAgent.ROUTER, "conflicts", List.of(ContractValues.CONFLICT, stranger));
        Notification conflict = heard.poll(60, TimeUnit.SECONDS);
        assertThat(conflict.getType()).isEqualTo(Conflict.NOTIFICATION_TYPE);
        assertThat(conflict.getMessage()).isEqualTo("a stranger came");
    }

    @Test
    void anOperationGoesToItsNodeAndItsResultComesBack() throws Exception {
        ObjectName backend = ObjectNames.onNode("m3", TestAgent.BACKEND);
        Object before = client.invoke(
                backend, "setWeight", new Object[] {0, "a slow disk"}, new String[] {"int", "java.lang.String"});
        assertThat(before).isEqualTo(3);
        client.invoke(ObjectNames.onNode("m3", TestAgent.ROUTER), "handOver", new Object[] {null}, new String[] {
            "java.lang.String"
        });
        assertThat(agents.get("m3").operations())
                .containsExactly(
                        List.of("baton:type=Backend,frontend=api,name=m1", "setWeight", "0", "a slow disk"),
                        List.of("baton:type=VirtualRouter,name=vip", "handOver", ""));
        assertThat(agents.get("m2").operations()).isEmpty();
        assertThatThrownBy(() -> client.invoke(backend, "setWeight", new Object[] {257}, new String[] {"int"}))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("m3: The weight of a backend is 0..256, not 257");
    }

    @Test
    void aFrozenAndAnUnreachableNodeKeepTheirValuesHoldUpNobodyAndComeBackByThemselves() throws Exception {
        agents.get("m1").freeze(true);
        agents.get("m4").cut(true);
        awaitAttribute("m1", TestAgent.ROUTER, "Connected", false);
        awaitAttribute("m4", TestAgent.ROUTER, "Connected", false);

        assertThat(client.getAttribute(ObjectNames.onNode("m1", TestAgent.ROUTER), "State"))
                .isEqualTo("MASTER");
        assertThat((long) client.getAttribute(ObjectNames.onNode("m4", TestAgent.ROUTER), "AgeMillis"))
                .isPositive();
        assertThat((String) client.getAttribute(ObjectNames.node("m1"), "Problem"))
                .startsWith("m1: its agent, or its host, has said nothing for ");
        assertThat(cluster().getUnreachableNodes())
                .containsOnlyKeys("m1", "m4")
                .containsEntry("m4", "m4: no answer from there. Is the host up?");
        assertThat(cluster().getHolders()).containsEntry("vip", "");
        assertThatThrownBy(() -> client.invoke(
                        ObjectNames.onNode("m4", TestAgent.BACKEND), "drain", new Object[0], new String[0]))
                .rootCause()
                .hasMessage("m4: no answer from there. Is the host up?");
        for (String node : List.of("m2", "m3", "m5", "m6", "m7")) {
            agents.get(node).set(TestAgent.ROUTER, "holder", "m2");
            awaitAttribute(node, TestAgent.ROUTER, "Holder", "m2");
        }

        agents.get("m1").freeze(false);
        agents.get("m4").cut(false);
        agents.get("m4").set(TestAgent.BACKEND, "health", Health.DOWN);
        awaitAttribute("m1", TestAgent.ROUTER, "Connected", true);
        awaitAttribute("m4", TestAgent.BACKEND, "Health", "DOWN");
    }

    @Test
    void theClusterTellsHolderDisagreementAndSplitBrain() throws Exception {
        assertThat(cluster().getHolders()).isEqualTo(Map.of("vip", "m1"));
        assertThat(cluster().isSteady()).isTrue();
        assertThat(cluster().getSummary()).isEqualTo("vip is held by m1; steady");
        assertThat(cluster().getConflicts()).anySatisfy(line -> assertThat(line).startsWith("m1: a sentence"));
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        client.addNotificationListener(ObjectNames.cluster(), (told, handback) -> heard.add(told), null, null);

        agents.get("m6").role(State.BACKUP, "m2");
        agents.get("m7").set(ObjectNames.agent(), "configHash", "of another file");
        Await.until(
                "they disagree", TIMEOUT, () -> cluster().getDisagreeingNodes().size() == 2);
        assertThat(cluster().getDisagreeingNodes())
                .containsEntry("m6", "takes m2 for the holder of vip, which is m1")
                .hasEntrySatisfying("m7", says -> assertThat(says).startsWith("runs another cluster file"));
        assertThat(cluster().getMissing()).contains("m6: takes m2 for the holder of vip, which is m1");

        await(heard, "DisagreeingNodes", "[m6, m7]");

        agents.get("m2").role(State.MASTER, "m2");
        Await.until("two hold", TIMEOUT, () -> cluster().getSplitBrain().equals(Map.of("vip", "m1, m2")));
        await(heard, "SplitBrain", "{vip=m1, m2}");
        assertThat(cluster().getSummary()).startsWith("vip is held by m1, m2 at once; ");
    }

    /** Waits for the attribute's change to this value; it may come in steps, and others between them. */
    private static void await(BlockingQueue<Notification> heard, String attribute, String value)
            throws InterruptedException {
        boolean found = false;
        while (!found) {
            AttributeChangeNotification change = (AttributeChangeNotification) heard.poll(60, TimeUnit.SECONDS);
            assertThat(change).as(attribute + " becomes " + value).isNotNull();
            found = change.getAttributeName().equals(attribute)
                    && change.getNewValue().equals(value);
        }
    }

    private ClusterMXBean cluster() {
        return JMX.newMXBeanProxy(client, ObjectNames.cluster(), ClusterMXBean.class);
    }

    @Test
    void clientsCannotChangeWhatIsShown() throws Exception {
        assertThatThrownBy(() -> client.unregisterMBean(ObjectNames.cluster())).isInstanceOf(SecurityException.class);
        assertThat(client.queryNames(null, null))
                .allSatisfy(name -> assertThat(name.getDomain()).isIn("baton", "JMImplementation"));
    }

    @Test
    void aPortInUseIsBadInput() {
        assertThatThrownBy(() -> federation.serve(connector.port()))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("127.0.0.1:" + connector.port())
                .hasMessageContaining("--port")
                .extracting(e -> ((FleetException) e).kind())
                .isEqualTo(FleetException.Kind.BAD_INPUT);
    }

    private void awaitAttribute(String node, ObjectName bean, String attribute, Object value) {
        ObjectName here = ObjectNames.onNode(node, bean);
        Await.until(here + " has " + attribute + " " + value, TIMEOUT, () -> value.equals(read(here, attribute)));
    }

    private Object read(ObjectName bean, String attribute) {
        try {
            return client.getAttribute(bean, attribute);
        } catch (JMException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
