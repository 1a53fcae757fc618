package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list of {@code least} to {@code most} items. */
public record ListOf<T>(Type<T> item, int least, int most) implements Type<Items<T>> {

    @Override
    public Optional<Items<T>> read(String subject, YamlNode node, Problems problems) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            WrongShape.report(subject, node, summary(), problems);
            return Optional.empty();
        }
        int size = sequence.items().size();
        if (size < least || size > most) {
            problems.add(node.mark(), subject + ": the list has " + size + " items; it needs " + least + " to " + most);
        }
        List<Located<T>> good = new ArrayList<>();
        for (YamlNode element : sequence.items()) {
            item.read(subject, element, problems).ifPresent(value -> good.add(new Located<>(element.mark(), value)));
        }
        return Optional.of(new Items<>(List.copyOf(good), good.size() == size));
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.of("type", "array", "minItems", least, "maxItems", most, "items", item.schema());
    }

    @Override
    public String summary() {
        return "a list; each item is " + item.summary();
    }
}
