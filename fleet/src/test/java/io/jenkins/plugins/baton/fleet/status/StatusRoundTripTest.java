package io.jenkins.plugins.baton.fleet.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.AgentMXBean;
import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.Conflict;
import io.jenkins.plugins.baton.jmx.DescribedMXBean;
import io.jenkins.plugins.baton.jmx.FrontendMXBean;
import io.jenkins.plugins.baton.jmx.Json;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.Snapshot;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import io.jenkins.plugins.baton.jmx.status.ChangeStatus;
import io.jenkins.plugins.baton.jmx.status.ConflictStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * What an agent shows is what the fleet reads: a bean of each kind that answers every attribute with a value of its own,
 * the snapshot of it, its JSON, and the record that is read. An attribute that only one side has makes it fail.
 */
class StatusRoundTripTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:15:30.250Z");
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final ContractValues contractValues = new ContractValues();

    @Test
    void everyAttributeArrives() throws Exception {
        Map<String, Object> agent = register(ObjectNames.agent(), AgentMXBean.class);
        Map<String, Object> router = register(ObjectNames.virtualRouter("vip"), VirtualRouterMXBean.class);
        Map<String, Object> frontend = register(ObjectNames.frontend("api"), FrontendMXBean.class);
        Map<String, Object> backend = register(ObjectNames.backend("api", "m1"), BackendMXBean.class);
        Map<String, Object> check = register(ObjectNames.check("livez"), CheckMXBean.class);

        NodeStatus read = StatusJson.parse(Json.write(new Snapshot(server).take(NOW)));

        assertThat(members(read.agent())).isEqualTo(agent);
        assertThat(members(read.virtualRouters().get(0))).isEqualTo(router);
        assertThat(members(read.frontends().get(0).backends().get(0))).isEqualTo(backend);
        assertThat(members(read.checks().get(0))).isEqualTo(check);
        Map<String, Object> frontendRead = members(read.frontends().get(0));
        frontendRead.remove("backends");
        assertThat(frontendRead).isEqualTo(frontend);
        assertThat(List.of(read.node(), read.version(), read.configHash(), read.sampledAt()))
                .containsExactly(
                        (String) agent.get("node"),
                        (String) agent.get("version"),
                        (String) agent.get("configHash"),
                        "2026-03-01T08:15:30.250Z");
        assertThat(read.change()).isNull();
    }

    @Test
    void aChangeArrives() throws Exception {
        register(ObjectNames.agent(), AgentMXBean.class);
        Change change = new Change(ObjectNames.backend("api", "m1"), "Weight", 1, 7, "an operator said so", NOW);

        NodeStatus read = StatusJson.parse(Json.write(new Snapshot(server).take(NOW, change)));

        assertThat(members(read.change()))
                .isEqualTo(Map.of(
                        "bean", "baton:type=Backend,frontend=api,name=m1",
                        "attribute", "Weight",
                        "oldValue", "1",
                        "newValue", "7",
                        "reason", "an operator said so",
                        "at", "2026-03-01T08:15:30.250Z"));
        assertThat(read.change().isNews()).isFalse();
        assertThat(read.change().sentence()).isEqualTo("m1: Weight 1 -> 7 (an operator said so)");
    }

    @Test
    void newsAreChangesOfAttributesThatThereAre() {
        List<String> news = Stream.of(
                        AgentMXBean.class,
                        VirtualRouterMXBean.class,
                        FrontendMXBean.class,
                        BackendMXBean.class,
                        CheckMXBean.class)
                .flatMap(contract -> Stream.of(contract.getMethods()))
                .map(getter -> getter.getName().replaceFirst("^(get|is)", ""))
                .filter(attribute -> new ChangeStatus("", attribute, "", "", "", "").isNews())
                .toList();
        assertThat(news).containsExactlyInAnyOrder("State", "Holder", "Health", "Result");
    }

    @Test
    void whatWasReadIsWrittenAsTheAgentWroteIt() throws Exception {
        register(ObjectNames.agent(), AgentMXBean.class);
        register(ObjectNames.virtualRouter("vip"), VirtualRouterMXBean.class);
        register(ObjectNames.frontend("api"), FrontendMXBean.class);
        register(ObjectNames.backend("api", "m1"), BackendMXBean.class);
        String written = Json.write(new Snapshot(server)
                .take(
                        NOW,
                        new Change(
                                ObjectNames.virtualRouter("vip"),
                                "State",
                                State.BACKUP.name(),
                                State.MASTER.name(),
                                "a test",
                                NOW)));

        String again = StatusJson.mapper().writeValueAsString(StatusJson.parse(written));

        assertThat(StatusJson.mapper().readTree(again))
                .isEqualTo(StatusJson.mapper().readTree(written));
    }

    /** @return what the bean answers, by the name that the JSON has for it */
    private <T> Map<String, Object> register(ObjectName name, Class<T> contract) throws Exception {
        Map<String, Object> values = contractValues.of(contract);
        T bean = contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                (proxy, getter, arguments) -> values.get(ContractValues.key(getter))));
        server.registerMBean(DescribedMXBean.of(name, () -> bean, contract), name);
        if (contract == FrontendMXBean.class) {
            values.put("name", "api"); // by which its backends are found
        }
        Map<String, Object> shown = new TreeMap<>(values);
        shown.computeIfPresent("conflicts", (key, conflicts) -> List.of(asRead(ContractValues.CONFLICT)));
        return shown;
    }

    private static ConflictStatus asRead(Conflict conflict) {
        return new ConflictStatus(
                conflict.getKind(),
                conflict.getSource(),
                conflict.getMac(),
                conflict.getVirtualRouterId(),
                conflict.getAddresses(),
                conflict.getSince(),
                conflict.getCount(),
                conflict.getMessage());
    }

    private static Map<String, Object> members(Record read) throws ReflectiveOperationException {
        Map<String, Object> members = new TreeMap<>();
        for (RecordComponent component : read.getClass().getRecordComponents()) {
            String name = component.getName();
            members.put(
                    name.equals("interfaceName") ? "interface" : name,
                    component.getAccessor().invoke(read));
        }
        return members;
    }
}
