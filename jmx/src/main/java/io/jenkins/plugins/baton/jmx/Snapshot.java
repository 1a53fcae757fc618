package io.jenkins.plugins.baton.jmx;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * All MBeans of one agent at one moment, as the tree that becomes its JSON: attributes camel-cased, beans grouped. It
 * reads what the beans say about themselves, so a new attribute appears without a change here, and it works as well
 * through a remote connection.
 */
public final class Snapshot {
    private final MBeanServerConnection server;

    public Snapshot(MBeanServerConnection server) {
        this.server = server;
    }

    /**
     * @param sampledAt goes into the tree
     * @throws IOException when the connection fails, or there is no agent at its other end
     */
    public Map<String, Object> take(Instant sampledAt) throws IOException {
        try {
            Map<String, Object> agent = attributes(ObjectNames.agent());
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("node", agent.get("node"));
            tree.put("version", agent.get("version"));
            tree.put("configHash", agent.get("configHash"));
            tree.put("sampledAt", Timestamps.format(sampledAt));
            tree.put("agent", agent);
            tree.put("virtualRouters", all(ObjectNames.every("VirtualRouter")));
            List<Map<String, Object>> frontends = all(ObjectNames.every("Frontend"));
            for (Map<String, Object> frontend : frontends) {
                frontend.put("backends", all(ObjectNames.everyBackendOf((String) frontend.get("name"))));
            }
            tree.put("frontends", frontends);
            tree.put("checks", all(ObjectNames.every("Check")));
            return tree;
        } catch (JMException e) {
            throw new IOException("Reading the agent's MBeans failed: " + e, e);
        }
    }

    /**
     * The same, with what has just changed.
     *
     * @throws IOException as above
     */
    public Map<String, Object> take(Instant sampledAt, Change change) throws IOException {
        Map<String, Object> tree = take(sampledAt);
        tree.put("change", change.toJson());
        return tree;
    }

    private List<Map<String, Object>> all(ObjectName pattern) throws JMException, IOException {
        List<Map<String, Object>> beans = new ArrayList<>();
        for (ObjectName name : sorted(server.queryNames(pattern, null).stream())) {
            try {
                Map<String, Object> bean = attributes(name);
                if (!bean.isEmpty()) {
                    beans.add(bean);
                }
            } catch (InstanceNotFoundException e) {
                // A reload removed it after the query: then, as with nothing to show, it is not part of this snapshot.
            }
        }
        return beans;
    }

    private static List<ObjectName> sorted(Stream<ObjectName> names) {
        return names.sorted(Comparator.comparing(ObjectName::getCanonicalName)).toList();
    }

    private Map<String, Object> attributes(ObjectName name) throws JMException, IOException {
        String[] names = Stream.of(server.getMBeanInfo(name).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .sorted(NAME_FIRST)
                .toArray(String[]::new);
        Map<String, Object> bean = new LinkedHashMap<>();
        for (Attribute attribute : server.getAttributes(name, names).asList()) {
            bean.put(camelCase(attribute.getName()), OpenValue.plain(attribute.getValue()));
        }
        return bean;
    }

    /** People read the JSON too: they look for the name first. */
    private static final Comparator<String> NAME_FIRST = Comparator.comparing(
                    (String attribute) -> !attribute.equals("Name"))
            .thenComparing(Comparator.naturalOrder());

    static String camelCase(String attribute) {
        return Character.toLowerCase(attribute.charAt(0)) + attribute.substring(1);
    }
}
