package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/**
 * A type that is written as one value.
 *
 * @param summary in a few words
 * @param secret whether messages must not show the value
 * @param jsonType string, integer or boolean
 * @param constraints what JSON Schema can say beyond the type
 * @param parser turns the value's text into what it means
 */
public record ScalarType<T>(
        String summary, boolean secret, String jsonType, Map<String, Object> constraints, Parser<T> parser)
        implements Type<T> {

    @FunctionalInterface
    public interface Parser<T> {
        T parse(YamlNode.Scalar scalar) throws InvalidValueException;
    }

    /** A type that is a string in JSON; quotes make no difference to it. */
    public static <T> ScalarType<T> string(String summary, Map<String, Object> constraints, Parser<T> parser) {
        return new ScalarType<>(summary, false, "string", constraints, parser);
    }

    @Override
    public Optional<T> read(String subject, YamlNode node, Problems problems) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.isEmpty()) {
            WrongShape.report(subject, node, summary, problems);
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(scalar));
        } catch (InvalidValueException refusal) {
            problems.add(
                    node.mark(), subject + ": " + (secret ? "the value" : scalar.shown()) + " " + refusal.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = JsonSchema.of("type", jsonType);
        schema.putAll(constraints);
        return schema;
    }
}
