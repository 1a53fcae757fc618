package io.jenkins.plugins.baton.cluster.file.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link Structure} as JSON Schema. */
final class StructureSchema {
    private StructureSchema() {}

    static Map<String, Object> of(Structure structure) {
        Map<String, Object> properties = new LinkedHashMap<>();
        structure.keys().forEach(key -> properties.put(key.name(), property(key)));
        Map<String, Object> schema =
                JsonSchema.of("type", "object", "additionalProperties", false, "properties", properties);
        List<String> required = structure.keys().stream()
                .filter(key -> key.isRequired() && key.condition().isEmpty())
                .map(Key::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        List<Map<String, Object>> conditions = conditions(structure);
        if (!conditions.isEmpty()) {
            schema.put("allOf", conditions);
        }
        return schema;
    }

    private static Map<String, Object> property(Key<?> key) {
        Map<String, Object> schema = key.type().schema();
        if (key.fallback() instanceof Key.Value value) {
            schema.put("default", typed(schema.get("type"), value.text()));
        }
        String derived = key.fallback() instanceof Key.Derived d ? " Default: " + d.explanation() + "." : "";
        schema.put("description", key.description() + derived);
        return schema;
    }

    private static Object typed(Object jsonType, String text) {
        if ("integer".equals(jsonType)) {
            return Integer.parseInt(text);
        }
        return "boolean".equals(jsonType) ? (Object) Boolean.parseBoolean(text) : text;
    }

    /** For keys that depend on another's value: allowed (and required, if so) there, refused elsewhere. */
    private static List<Map<String, Object>> conditions(Structure structure) {
        Map<Key.Condition, List<Key<?>>> dependent = structure.keys().stream()
                .filter(key -> key.condition().isPresent())
                .collect(Collectors.groupingBy(key -> key.condition().get(), LinkedHashMap::new, Collectors.toList()));
        return dependent.entrySet().stream()
                .map(group -> rule(group.getKey(), group.getValue()))
                .toList();
    }

    private static Map<String, Object> rule(Key.Condition condition, List<Key<?>> keys) {
        Map<String, Object> rule = JsonSchema.of("if", holds(condition));
        List<String> required =
                keys.stream().filter(Key::isRequired).map(Key::name).toList();
        if (!required.isEmpty()) {
            rule.put("then", Map.of("required", required));
        }
        Map<String, Object> refused = new LinkedHashMap<>();
        keys.forEach(key -> refused.put(key.name(), false));
        rule.put("else", Map.of("properties", refused));
        return rule;
    }

    private static Map<String, Object> holds(Key.Condition condition) {
        String name = condition.on().name();
        Map<String, Object> test = JsonSchema.of("properties", Map.of(name, Map.of("enum", condition.values())));
        boolean byDefault = condition.on().fallback() instanceof Key.Value value
                && condition.values().contains(value.text());
        if (!byDefault) {
            test.put("required", List.of(name));
        }
        return test;
    }
}
