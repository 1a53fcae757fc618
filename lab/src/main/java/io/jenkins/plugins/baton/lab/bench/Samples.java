package io.jenkins.plugins.baton.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured, kept in a file as it comes: one line of what, who and value, separated by tabs. So a page can be made
 * again without measuring again, and rounds can be added on another day.
 */
public final class Samples {
    private final Path file;
    private final Map<Key, List<Double>> values = new LinkedHashMap<>();

    private record Key(String what, String who) {}

    private Samples(Path file) {
        this.file = file;
    }

    /** Those of a file, which need not exist. */
    public static Samples of(Path file) {
        Samples samples = new Samples(file);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] fields = line.split("\t");
                    samples.keep(fields[0], fields[1], Double.parseDouble(fields[2]));
                }
            }
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param what was measured, the words of a table's row */
    public void add(String what, String who, double value) {
        keep(what, who, value);
        System.err.printf("  %-44s %-28s %.4g%n", what, who, value);
        try {
            Files.writeString(
                    file,
                    what + "\t" + who + "\t" + value + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(String what, String who, double value) {
        values.computeIfAbsent(new Key(what, who), key -> new ArrayList<>()).add(value);
    }

    Optional<Spread> spread(String what, String who) {
        return Optional.ofNullable(values.get(new Key(what, who))).map(Spread::of);
    }

    /** What was measured and is called so, in the order in which it was first. */
    List<String> names(String prefix, String suffix) {
        return values.keySet().stream()
                .map(Key::what)
                .filter(what -> what.startsWith(prefix) && what.endsWith(suffix))
                .distinct()
                .toList();
    }

    int rounds(String what, String who) {
        return values.getOrDefault(new Key(what, who), List.of()).size();
    }
}
