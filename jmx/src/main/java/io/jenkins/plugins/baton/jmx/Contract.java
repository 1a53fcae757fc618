package io.jenkins.plugins.baton.jmx;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What an MXBean interface says of its attributes, for one who shows their values without a connection to the bean. */
public final class Contract {
    private Contract() {}

    /**
     * An attribute.
     *
     * @param name as in JMX
     * @param key as in the agent's JSON
     * @param unit empty where there is none
     */
    public record Attribute(String name, String key, String unit, String description) {}

    /** What the bean is. */
    public static String description(Class<?> bean) {
        return bean.getAnnotation(Description.class).value();
    }

    /** In the order of the alphabet, but the name first. */
    public static List<Attribute> attributes(Class<?> bean) {
        return Arrays.stream(bean.getMethods())
                .filter(method -> method.getParameterCount() == 0 && method.getReturnType() != void.class)
                .map(Contract::attribute)
                .sorted(Comparator.comparing(
                                (Attribute attribute) -> !attribute.name().equals("Name"))
                        .thenComparing(Attribute::name))
                .toList();
    }

    private static Attribute attribute(Method getter) {
        String name = getter.getName().replaceFirst("^(get|is)(?=[A-Z])", "");
        Description description = getter.getAnnotation(Description.class);
        return new Attribute(name, Snapshot.camelCase(name), description.unit(), description.value());
    }
}
