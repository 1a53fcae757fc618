package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** A mapping that has been read by a {@link Structure}: typed values, each with its place. Parts of it may be wrong. */
public final class Entry {
    private final Mark mark;
    private final Map<String, YamlNode> written;
    private final Map<String, Object> values;

    Entry(Mark mark, Map<String, YamlNode> written, Map<String, Object> values) {
        this.mark = mark;
        this.written = Map.copyOf(written);
        this.values = Map.copyOf(values);
    }

    public Mark mark() {
        return mark;
    }

    /** Whether the file gives the key, be its value right or wrong. */
    public boolean gives(Key<?> key) {
        return written.containsKey(key.name());
    }

    /** What the file gives, or the default that the description states; empty when there is neither, or it is wrong. */
    @SuppressWarnings("unchecked") // Structure.read stores under a key's name only what that key's type has read
    public <T> Optional<T> get(Key<T> key) {
        return gives(key) ? Optional.ofNullable((T) values.get(key.name())) : key.defaultValue();
    }

    /** Where the key's value stands; the mapping itself when the file does not give it. */
    public Mark at(Key<?> key) {
        return gives(key) ? written.get(key.name()).mark() : mark;
    }
}
