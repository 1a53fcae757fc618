package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;

/** Finds the line and column of a value by the keys and positions that lead to it. */
final class PathLocator {
    private PathLocator() {}

    /** Where the path ends, or as near to it as the document goes. */
    static Mark find(YamlNode root, Object... path) {
        YamlNode node = root;
        Mark mark = root.mark();
        for (Object step : path) {
            if (step instanceof String key && node instanceof YamlNode.Mapping mapping) {
                YamlNode.Entry entry = entry(mapping, key);
                if (entry == null) {
                    return mark;
                }
                mark = entry.keyMark();
                node = entry.value();
            } else if (step instanceof Integer index
                    && node instanceof YamlNode.Sequence sequence
                    && index < sequence.items().size()) {
                node = sequence.items().get(index);
                mark = node.mark();
            } else {
                return mark;
            }
        }
        return mark;
    }

    private static YamlNode.Entry entry(YamlNode.Mapping mapping, String key) {
        return mapping.entries().stream()
                .filter(e -> e.key().equals(key))
                .findFirst()
                .orElse(null);
    }
}
