package io.jenkins.plugins.baton.jmx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** The open types that MXBean attributes arrive in, as maps and lists. */
final class OpenValue {
    private OpenValue() {}

    static Object plain(Object value) {
        if (value instanceof CompositeData composite) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (String key : composite.getCompositeType().keySet()) {
                map.put(key, plain(composite.get(key)));
            }
            return map;
        }
        if (value instanceof TabularData table) {
            // What an MXBean makes of a Map: rows with the columns "key" and "value".
            Map<String, Object> map = new LinkedHashMap<>();
            for (Object row : table.values()) {
                CompositeData entry = (CompositeData) row;
                map.put(String.valueOf(entry.get("key")), plain(entry.get("value")));
            }
            return map;
        }
        if (value instanceof Object[] array) {
            return Stream.of(array).map(OpenValue::plain).toList();
        }
        return value;
    }
}
