package io.jenkins.plugins.baton.cluster.file.format;

import java.util.LinkedHashMap;
import java.util.Map;

/** Parts of a JSON Schema as maps that keep their order. */
public final class JsonSchema {
    private JsonSchema() {}

    /** A new object of these members: a name, its value, a name, its value. */
    public static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
