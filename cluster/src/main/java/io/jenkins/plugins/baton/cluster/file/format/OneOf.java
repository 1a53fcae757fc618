package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A value with more than one way to write it, told apart by its shape. */
public record OneOf<T>(Optional<Type<T>> scalar, Optional<Type<T>> list, Optional<Type<T>> mapping) implements Type<T> {

    public static <T> OneOf<T> scalarOrMapping(Type<T> scalar, Type<T> mapping) {
        return new OneOf<>(Optional.of(scalar), Optional.empty(), Optional.of(mapping));
    }

    public static <T> OneOf<T> scalarOrList(Type<T> scalar, Type<T> list) {
        return new OneOf<>(Optional.of(scalar), Optional.of(list), Optional.empty());
    }

    public static <T> OneOf<T> listOrMapping(Type<T> list, Type<T> mapping) {
        return new OneOf<>(Optional.empty(), Optional.of(list), Optional.of(mapping));
    }

    @Override
    public Optional<T> read(String subject, YamlNode node, Problems problems) {
        Optional<Type<T>> type = switch (shape(node)) {
            case "list" -> list;
            case "mapping" -> mapping;
            default -> scalar;
        };
        if (type.isEmpty()) {
            WrongShape.report(subject, node, summary(), problems);
            return Optional.empty();
        }
        return type.get().read(subject, node, problems);
    }

    private static String shape(YamlNode node) {
        if (node instanceof YamlNode.Sequence) {
            return "list";
        }
        return node instanceof YamlNode.Mapping ? "mapping" : "scalar";
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.of("anyOf", types().stream().map(Type::schema).toList());
    }

    @Override
    public String summary() {
        return types().stream().map(Type::summary).collect(Collectors.joining("; or "));
    }

    private List<Type<T>> types() {
        return Stream.of(scalar, list, mapping).flatMap(Optional::stream).toList();
    }
}
