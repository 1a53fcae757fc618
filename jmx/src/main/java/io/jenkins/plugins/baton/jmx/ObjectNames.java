package io.jenkins.plugins.baton.jmx;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The names under which the agent's MBeans are found. The order of their keys is the order of JConsole's tree. */
public final class ObjectNames {
    public static final String DOMAIN = "baton";

    private ObjectNames() {}

    /** {@code baton:type=Agent}. */
    public static ObjectName agent() {
        return name("type=Agent");
    }

    /** {@code baton:type=VirtualRouter,name=N}. */
    public static ObjectName virtualRouter(String name) {
        return name("type=VirtualRouter,name=" + value(name));
    }

    /** {@code baton:type=Frontend,name=N}. */
    public static ObjectName frontend(String name) {
        return name("type=Frontend,name=" + value(name));
    }

    /** {@code baton:type=Backend,frontend=F,name=N}. */
    public static ObjectName backend(String frontend, String name) {
        return name("type=Backend,frontend=" + value(frontend) + ",name=" + value(name));
    }

    /** {@code baton:type=Check,name=N}. */
    public static ObjectName check(String name) {
        return name("type=Check,name=" + value(name));
    }

    /** {@code baton:type=Cluster}: all nodes together. */
    public static ObjectName cluster() {
        return name("type=Cluster");
    }

    /** {@code baton:node=N,type=Node}: the connection to a node. */
    public static ObjectName node(String node) {
        return name("node=" + value(node) + ",type=Node");
    }

    /** The bean of a node among the beans of all nodes, such as {@code baton:node=m1,type=Agent}. */
    public static ObjectName onNode(String node, ObjectName bean) {
        return name("node=" + value(node) + "," + bean.getKeyPropertyListString());
    }

    /** What the bean of this object name shows, for a person: its name, of the agent its type. */
    public static String shown(String objectName) {
        ObjectName bean;
        try {
            bean = new ObjectName(objectName);
        } catch (MalformedObjectNameException e) {
            return objectName;
        }
        String name = bean.getKeyProperty("name");
        if (name == null) {
            return bean.getKeyProperty("type");
        }
        return name.startsWith("\"") ? ObjectName.unquote(name) : name;
    }

    /** Pattern for all beans of a type, for example {@code VirtualRouter}. */
    static ObjectName every(String type) {
        return name("type=" + type + ",*");
    }

    /** Pattern for all backends of a frontend. */
    static ObjectName everyBackendOf(String frontend) {
        return name("type=Backend,frontend=" + value(frontend) + ",*");
    }

    private static ObjectName name(String keys) {
        try {
            return new ObjectName(DOMAIN + ":" + keys);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("No ObjectName can be made of " + keys + ": " + e.getMessage(), e);
        }
    }

    /** Names of the cluster file go in as they are; whatever else somebody thinks of is quoted. */
    private static String value(String name) {
        return name.matches("[\\w.-]+") ? name : ObjectName.quote(name);
    }
}
