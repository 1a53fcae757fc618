package io.jenkins.plugins.baton.cluster.importer.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value, and where it stands.
 *
 * @param at the lines that say so, the first one first; empty for a default
 * @param note what a reader of the cluster file should know of it; empty for nothing
 */
public record Setting<T>(T value, List<Directive> at, String note) {
    public static <T> Setting<T> of(T value, Directive... at) {
        return new Setting<>(value, List.of(at), "");
    }

    /** What the program takes when its file says nothing. */
    public static <T> Setting<T> byDefault(T value, String note) {
        return new Setting<>(value, List.of(), note);
    }

    public Setting<T> noted(String other) {
        return new Setting<>(value, at, note.isEmpty() ? other : note + "; " + other);
    }

    public <R> Setting<R> map(Function<T, R> change) {
        return new Setting<>(change.apply(value), at, note);
    }

    public Optional<Directive> line() {
        return at.stream().findFirst();
    }

    /** @param block that it belongs to, for a default */
    public String place(Directive block) {
        return line().orElse(block).place();
    }
}
