package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/**
 * One key of a mapping.
 *
 * @param fallback what holds when the key is not there
 * @param condition when the key may be there at all
 * @param description one sentence, for the schema and the reference
 */
public record Key<T>(String name, Type<T> type, Default fallback, Optional<Condition> condition, String description) {

    /** What holds when a key is not there. */
    public sealed interface Default {}

    /** The key must be there. */
    public record Required() implements Default {}

    /** Nothing holds. */
    public record Absent() implements Default {}

    /** This value, as it would be written. */
    public record Value(String text) implements Default {}

    /** What the explanation says, computed from the rest of the file. */
    public record Derived(String explanation) implements Default {}

    /** The key may stand only where another key of the same mapping has one of these values. */
    public record Condition(Key<String> on, List<String> values) {}

    public static <T> Key<T> required(String name, Type<T> type, String description) {
        return new Key<>(name, type, new Required(), Optional.empty(), description);
    }

    public static <T> Key<T> optional(String name, Type<T> type, String description) {
        return new Key<>(name, type, new Absent(), Optional.empty(), description);
    }

    public static <T> Key<T> withDefault(String name, Type<T> type, String value, String description) {
        Key<T> key = new Key<>(name, type, new Value(value), Optional.empty(), description);
        key.defaultValue();
        return key;
    }

    public static <T> Key<T> derived(String name, Type<T> type, String explanation, String description) {
        return new Key<>(name, type, new Derived(explanation), Optional.empty(), description);
    }

    /** This key, allowed only where {@code on} has one of the values. */
    public Key<T> onlyWith(Key<String> on, String... values) {
        return new Key<>(name, type, fallback, Optional.of(new Condition(on, List.of(values))), description);
    }

    public boolean isRequired() {
        return fallback instanceof Required;
    }

    /** What the file gives, or empty after a mistake has been added. */
    Optional<T> read(YamlNode value, Problems problems) {
        if (isRequired() && value instanceof YamlNode.Scalar scalar && scalar.isEmpty()) {
            problems.add(value.mark(), name + ": nothing stands here; write " + type.summary());
            return Optional.empty();
        }
        return type.read(name, value, problems);
    }

    /** The value that holds when the key is not there, where the description alone tells. */
    Optional<T> defaultValue() {
        if (!(fallback instanceof Value value)) {
            return Optional.empty();
        }
        Problems problems = new Problems("the default of " + name);
        Optional<T> parsed = type.read(name, new YamlNode.Scalar(Mark.START, value.text(), true), problems);
        if (!problems.none()) {
            throw new IllegalStateException(problems.inOrder().toString());
        }
        return parsed;
    }
}
