package io.jenkins.plugins.baton.fleet.status;

import io.jenkins.plugins.baton.jmx.Conflict;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A value for every attribute of the management contract, another each time. */
public final class ContractValues {
    public static final Conflict CONFLICT =
            new Conflict("VRRP", "10.0.0.9", "02:00:00:00:00:09", 51, List.of("10.0.0.1"), "since", 7, "a sentence");

    private int given;

    /** By the keys of the JSON. */
    public Map<String, Object> of(Class<?> contract) {
        Map<String, Object> values = new TreeMap<>();
        for (Method method : contract.getMethods()) {
            if (method.getName().matches("(get|is)[A-Z].*")) {
                values.put(key(method), next(method.getGenericReturnType().getTypeName(), method.getReturnType()));
            }
        }
        return values;
    }

    public static String key(Method getter) {
        String attribute = getter.getName().replaceFirst("^(get|is)", "");
        return Character.toLowerCase(attribute.charAt(0)) + attribute.substring(1);
    }

    private Object next(String generic, Class<?> type) {
        given++;
        if (type.isEnum()) {
            return type.getEnumConstants()[given % type.getEnumConstants().length];
        }
        return switch (generic) {
            case "java.lang.String" -> "text " + given;
            case "int" -> given;
            case "long" -> Long.MAX_VALUE - given;
            case "double" -> given + 0.5;
            case "boolean" -> true;
            case "java.util.List<java.lang.String>" -> List.of("a " + given, "b " + given);
            case "java.util.Map<java.lang.String, java.lang.Long>" -> Map.of("ttl", (long) given);
            case "java.util.Map<java.lang.String, java.lang.String>" -> Map.of("ttl", "10.0.0." + given);
            case "java.util.List<io.jenkins.plugins.baton.jmx.Conflict>" -> List.of(CONFLICT);
            default -> throw new IllegalArgumentException("this test has no value of the type " + generic);
        };
    }
}
