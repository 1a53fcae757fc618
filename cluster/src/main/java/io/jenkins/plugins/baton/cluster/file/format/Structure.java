package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mapping with known keys. What it reads may be incomplete: every mistake in it has then been reported. */
public record Structure(String name, List<Key<?>> keys) implements Type<Entry> {

    public static Structure of(String name, Key<?>... keys) {
        return new Structure(name, List.of(keys));
    }

    @Override
    public Optional<Entry> read(String subject, YamlNode node, Problems problems) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            WrongShape.report(subject, node, summary(), problems);
            return Optional.empty();
        }
        Map<String, YamlNode> written = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        Set<String> misspelt = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            Optional<Key<?>> key =
                    keys.stream().filter(k -> k.name().equals(entry.key())).findFirst();
            if (key.isEmpty()) {
                Optional<String> meant = SpellingSuggestion.to(
                        entry.key(), keys.stream().map(Key::name).toList());
                meant.ifPresent(misspelt::add);
                problems.add(entry.keyMark(), unknown(entry.key(), meant));
                continue;
            }
            written.put(entry.key(), entry.value());
            key.get().read(entry.value(), problems).ifPresent(v -> values.put(entry.key(), v));
        }
        Entry entry = new Entry(mapping.mark(), written, values);
        refuseMissing(entry, misspelt, problems);
        refuseOutOfPlace(mapping, entry, problems);
        return Optional.of(entry);
    }

    /** What holds when the mapping is not in the file at all: the defaults. */
    public Entry absent() {
        return new Entry(Mark.START, Map.of(), Map.of());
    }

    private String unknown(String key, Optional<String> meant) {
        String shown = new YamlNode.Scalar(null, key, false).shown();
        Optional<String> renamed = RetiredKeys.newName(key)
                .filter(now -> keys.stream().anyMatch(k -> k.name().equals(now)));
        if (renamed.isPresent()) {
            return shown + " is called " + renamed.get() + " now; rename the key";
        }
        return shown + " is not a key of " + name
                + meant.map(word -> "; did you mean " + word + "?")
                        .orElseGet(() -> "; known are "
                                + String.join(", ", keys.stream().map(Key::name).toList()));
    }

    /** @param misspelt keys that were surely meant, which is one mistake, not two */
    private void refuseMissing(Entry entry, Set<String> misspelt, Problems problems) {
        for (Key<?> key : keys) {
            if (key.isRequired() && !entry.gives(key) && !misspelt.contains(key.name()) && holds(key, entry, false)) {
                problems.add(
                        entry.mark(),
                        name + " has no " + key.name() + "; add it: "
                                + key.type().summary());
            }
        }
    }

    private void refuseOutOfPlace(YamlNode.Mapping mapping, Entry entry, Problems problems) {
        for (YamlNode.Entry written : mapping.entries()) {
            keys.stream()
                    .filter(key -> key.name().equals(written.key()) && !holds(key, entry, true))
                    .findFirst()
                    .flatMap(Key::condition)
                    .ifPresent(condition -> problems.add(
                            written.keyMark(),
                            written.key() + " goes with " + condition.on().name() + " "
                                    + String.join(" or ", condition.values()) + ", but this is "
                                    + entry.get(condition.on()).orElseThrow() + "; remove it or change "
                                    + condition.on().name()));
        }
    }

    /** @param unknown the answer when the key that this one depends on is wrong itself */
    private static boolean holds(Key<?> key, Entry entry, boolean unknown) {
        return key.condition()
                .map(condition -> entry.get(condition.on())
                        .map(condition.values()::contains)
                        .orElse(unknown))
                .orElse(true);
    }

    @Override
    public Map<String, Object> schema() {
        return StructureSchema.of(this);
    }

    @Override
    public String summary() {
        List<String> required = keys.stream()
                .filter(Key::isRequired)
                .filter(key -> key.condition().isEmpty())
                .map(Key::name)
                .toList();
        List<String> named = required.isEmpty() ? keys.stream().map(Key::name).toList() : required;
        return "a mapping with " + String.join(", ", named);
    }
}
