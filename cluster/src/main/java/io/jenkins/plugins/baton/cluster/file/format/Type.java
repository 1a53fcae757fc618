package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What may stand behind a key. */
public interface Type<T> {
    /**
     * @param subject the key that messages name
     * @return the value, or empty after a mistake has been added
     */
    Optional<T> read(String subject, YamlNode node, Problems problems);

    /** The type as JSON Schema, a new object at each call. */
    Map<String, Object> schema();

    /** The type in a few words, for the reference. */
    String summary();

    /** The same type with its value in another form. */
    default <R> Type<R> map(Function<? super T, ? extends R> form) {
        Type<T> source = this;
        return new Type<>() {
            @Override
            public Optional<R> read(String subject, YamlNode node, Problems problems) {
                return source.read(subject, node, problems).map(form);
            }

            @Override
            public Map<String, Object> schema() {
                return source.schema();
            }

            @Override
            public String summary() {
                return source.summary();
            }
        };
    }
}
