package io.jenkins.plugins.baton.jenkins.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jmx.AgentMXBean;
import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.Contract;
import io.jenkins.plugins.baton.jmx.FrontendMXBean;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.kohsuke.stapler.Ancestor;
import org.kohsuke.stapler.Stapler;

/** All MBeans of a node, with what the contract says of each attribute. */
public final class MBeansPage {
    private final NodeStatus status;
    private final String when;

    /** @param when the node was asked, for a person */
    MBeansPage(NodeStatus status, String when) {
        this.status = status;
        this.when = when;
    }

    public String getName() {
        return status.node();
    }

    public String getWhen() {
        return when;
    }

    /** The action above, for the side panel. */
    public ControlPlaneAction getAction() {
        Ancestor action = Stapler.getCurrentRequest2().findAncestor(ControlPlaneAction.class);
        return (ControlPlaneAction) action.getObject();
    }

    public List<ShownTable> getTables() {
        JsonNode tree = StatusJson.mapper().valueToTree(status);
        List<ShownTable> tables = new ArrayList<>();
        if (tree.path("agent").isObject()) {
            tables.add(bean(AgentMXBean.class, ObjectNames.agent(), tree.path("agent")));
        }
        tree.path("virtualRouters")
                .forEach(router ->
                        tables.add(bean(VirtualRouterMXBean.class, ObjectNames.virtualRouter(name(router)), router)));
        for (JsonNode frontend : tree.path("frontends")) {
            tables.add(bean(FrontendMXBean.class, ObjectNames.frontend(name(frontend)), frontend));
            frontend.path("backends")
                    .forEach(backend -> tables.add(
                            bean(BackendMXBean.class, ObjectNames.backend(name(frontend), name(backend)), backend)));
        }
        tree.path("checks")
                .forEach(check -> tables.add(bean(CheckMXBean.class, ObjectNames.check(name(check)), check)));
        return tables;
    }

    private static String name(JsonNode bean) {
        return bean.path("name").asText("?");
    }

    private static ShownTable bean(Class<?> contract, ObjectName name, JsonNode values) {
        ShownTable table = new ShownTable(
                name + " — " + Contract.description(contract),
                List.of(
                        Messages.MBeansPage_attribute(),
                        Messages.MBeansPage_value(),
                        Messages.MBeansPage_unit(),
                        Messages.MBeansPage_description()));
        for (Contract.Attribute attribute : Contract.attributes(contract)) {
            if (values.has(attribute.key())) {
                table.row(
                        Cell.of(attribute.name()),
                        value(values.get(attribute.key())),
                        Cell.of(attribute.unit()),
                        Cell.of(attribute.description()));
            }
        }
        return table;
    }

    private static Cell value(JsonNode value) {
        if (value.isNumber()) {
            return Cell.styled(value.asText(), "number");
        }
        if (value.isArray()) {
            List<String> entries = new ArrayList<>();
            value.forEach(entry ->
                    entries.add(entry.isObject() ? entry.path("message").asText() : entry.asText()));
            return Cell.of(String.join(", ", entries));
        }
        if (value.isObject()) {
            List<String> entries = new ArrayList<>();
            value.properties()
                    .forEach(entry ->
                            entries.add(entry.getKey() + ": " + entry.getValue().asText()));
            return Cell.of(String.join(", ", entries));
        }
        return Cell.of(value.isNull() ? "" : value.asText());
    }
}
