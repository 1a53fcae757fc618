package io.jenkins.plugins.baton.jmx;

import java.util.Hashtable;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The names under which the agent's MBeans are found. */
public final class ObjectNames {
    public static final String DOMAIN = "baton";

    private ObjectNames() {}

    /** {@code baton:type=Agent}. */
    public static ObjectName agent() {
        return name("Agent", new Hashtable<>());
    }

    /** {@code baton:type=VirtualRouter,name=N}. */
    public static ObjectName virtualRouter(String name) {
        return named("VirtualRouter", name);
    }

    /** {@code baton:type=Frontend,name=N}. */
    public static ObjectName frontend(String name) {
        return named("Frontend", name);
    }

    /** {@code baton:type=Backend,frontend=F,name=N}. */
    public static ObjectName backend(String frontend, String name) {
        Hashtable<String, String> keys = new Hashtable<>();
        keys.put("frontend", value(frontend));
        keys.put("name", value(name));
        return name("Backend", keys);
    }

    /** {@code baton:type=Check,name=N}. */
    public static ObjectName check(String name) {
        return named("Check", name);
    }

    /** Pattern for all beans of a type, for example {@code VirtualRouter}. */
    static ObjectName every(String type) {
        return pattern("type=" + type);
    }

    /** Pattern for all backends of a frontend. */
    static ObjectName everyBackendOf(String frontend) {
        return pattern("type=Backend,frontend=" + value(frontend));
    }

    private static ObjectName named(String type, String name) {
        Hashtable<String, String> keys = new Hashtable<>();
        keys.put("name", value(name));
        return name(type, keys);
    }

    private static ObjectName name(String type, Hashtable<String, String> keys) {
        keys.put("type", type);
        try {
            return new ObjectName(DOMAIN, keys);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("No ObjectName can be made of " + keys + ": " + e.getMessage(), e);
        }
    }

    private static ObjectName pattern(String keys) {
        try {
            return new ObjectName(DOMAIN + ":" + keys + ",*");
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("No pattern can be made of " + keys + ": " + e.getMessage(), e);
        }
    }

    /** Names of the cluster file go in as they are; whatever else somebody thinks of is quoted. */
    private static String value(String name) {
        return name.matches("[\\w.-]+") ? name : ObjectName.quote(name);
    }
}
