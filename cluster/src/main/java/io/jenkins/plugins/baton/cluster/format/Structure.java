package io.jenkins.plugins.baton.cluster.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.baton.cluster.yaml.Mark;
import io.jenkins.plugins.baton.cluster.yaml.Mistakes;
import io.jenkins.plugins.baton.cluster.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping with known keys. What it reads may be incomplete: every mistake in it has then been reported. */
public record Structure(String name, List<Key<?>> keys) implements Type<Entry> {

    public static Structure of(String name, Key<?>... keys) {
        return new Structure(name, List.of(keys));
    }

    @Override
    public Optional<Entry> read(String subject, YamlNode node, Mistakes mistakes) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            mistakes.add(node.mark(), subject + ": " + node.kind() + " stands here; write " + summary());
            return Optional.empty();
        }
        Map<String, YamlNode> written = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            Optional<Key<?>> key = keys.stream().filter(k -> k.name().equals(entry.key())).findFirst();
            if (key.isEmpty()) {
                mistakes.add(entry.keyMark(), unknown(entry.key()));
                continue;
            }
            written.put(entry.key(), entry.value());
            key.get().type().read(entry.key(), entry.value(), mistakes).ifPresent(v -> values.put(entry.key(), v));
        }
        Entry entry = new Entry(mapping.mark(), written, values);
        refuseMissing(entry, mistakes);
        refuseOutOfPlace(mapping, entry, mistakes);
        return Optional.of(entry);
    }

    /** What holds when the mapping is not in the file at all: the defaults. */
    public Entry absent() {
        return new Entry(Mark.START, Map.of(), Map.of());
    }

    private String unknown(String key) {
        List<String> known = keys.stream().map(Key::name).toList();
        String shown = new YamlNode.Scalar(null, key, false).shown();
        return shown + " is not a key of " + name
                + Nearest.to(key, known)
                        .map(word -> "; did you mean " + word + "?")
                        .orElse("; known are " + String.join(", ", known));
    }

    private void refuseMissing(Entry entry, Mistakes mistakes) {
        for (Key<?> key : keys) {
            if (key.isRequired() && !entry.gives(key) && allows(key, entry)) {
                mistakes.add(entry.mark(), name + " has no " + key.name() + "; add it: " + key.type().summary());
            }
        }
    }

    private void refuseOutOfPlace(YamlNode.Mapping mapping, Entry entry, Mistakes mistakes) {
        for (YamlNode.Entry written : mapping.entries()) {
            keys.stream()
                    .filter(key -> key.name().equals(written.key()) && !allows(key, entry))
                    .findFirst()
                    .flatMap(Key::condition)
                    .ifPresent(condition -> mistakes.add(
                            written.keyMark(),
                            written.key() + " goes with " + condition.on().name() + " "
                                    + String.join(" or ", condition.values()) + ", but this is "
                                    + entry.get(condition.on()).orElseThrow() + "; remove it or change "
                                    + condition.on().name()));
        }
    }

    /** Also when the key it depends on is wrong: that is one mistake, not two. */
    private static boolean allows(Key<?> key, Entry entry) {
        return key.condition()
                .map(condition -> entry.get(condition.on()).map(condition.values()::contains).orElse(true))
                .orElse(true);
    }

    @Override
    public ObjectNode schema() {
        return StructureSchema.of(this);
    }

    @Override
    public String summary() {
        return "a mapping with " + String.join(", ", keys.stream().map(Key::name).toList());
    }
}
