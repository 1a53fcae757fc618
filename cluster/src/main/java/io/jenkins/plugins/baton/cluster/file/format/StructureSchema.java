package io.jenkins.plugins.baton.cluster.file.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link Structure} as JSON Schema. */
final class StructureSchema {
    private StructureSchema() {}

    static ObjectNode of(Structure structure) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        structure.keys().forEach(key -> properties.set(key.name(), property(key)));
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        structure.keys().stream()
                .filter(key -> key.isRequired() && key.condition().isEmpty())
                .forEach(key -> required.add(key.name()));
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        conditions(structure, schema);
        return schema;
    }

    private static ObjectNode property(Key<?> key) {
        ObjectNode schema = key.type().schema();
        if (key.fallback() instanceof Key.Value value) {
            switch (schema.path("type").asText()) {
                case "integer" -> schema.put("default", Integer.parseInt(value.text()));
                case "boolean" -> schema.put("default", Boolean.parseBoolean(value.text()));
                default -> schema.put("default", value.text());
            }
        }
        String derived = key.fallback() instanceof Key.Derived d ? " Default: " + d.explanation() + "." : "";
        return schema.put("description", key.description() + derived);
    }

    /** For keys that depend on another's value: allowed (and required, if so) there, refused elsewhere. */
    private static void conditions(Structure structure, ObjectNode schema) {
        Map<Key.Condition, List<Key<?>>> dependent = structure.keys().stream()
                .filter(key -> key.condition().isPresent())
                .collect(Collectors.groupingBy(key -> key.condition().get(), LinkedHashMap::new, Collectors.toList()));
        if (dependent.isEmpty()) {
            return;
        }
        ArrayNode all = schema.putArray("allOf");
        dependent.forEach((condition, keys) -> {
            ObjectNode rule = all.addObject();
            rule.set("if", holds(condition));
            ArrayNode required = JsonNodeFactory.instance.arrayNode();
            keys.stream().filter(Key::isRequired).forEach(key -> required.add(key.name()));
            if (!required.isEmpty()) {
                rule.putObject("then").set("required", required);
            }
            ObjectNode refused = rule.putObject("else").putObject("properties");
            keys.forEach(key -> refused.put(key.name(), false));
        });
    }

    private static ObjectNode holds(Key.Condition condition) {
        ObjectNode test = JsonNodeFactory.instance.objectNode();
        ArrayNode values =
                test.putObject("properties").putObject(condition.on().name()).putArray("enum");
        condition.values().forEach(values::add);
        boolean byDefault = condition.on().fallback() instanceof Key.Value value
                && condition.values().contains(value.text());
        if (!byDefault) {
            test.putArray("required").add(condition.on().name());
        }
        return test;
    }
}
