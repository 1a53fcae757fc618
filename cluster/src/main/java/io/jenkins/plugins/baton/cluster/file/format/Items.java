package io.jenkins.plugins.baton.cluster.file.format;

import java.util.List;

/**
 * What a list in the file holds.
 *
 * @param good the items that could be read
 * @param complete whether those are all: a rule about what is <em>missing</em> from the list must be silent otherwise
 */
public record Items<T>(List<Located<T>> good, boolean complete) {

    public static <T> Items<T> none() {
        return new Items<>(List.of(), true);
    }

    public List<T> values() {
        return good.stream().map(Located::value).toList();
    }
}
