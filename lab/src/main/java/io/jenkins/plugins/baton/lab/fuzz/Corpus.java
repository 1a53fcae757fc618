package io.jenkins.plugins.baton.lab.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs that a fuzz target is tested with every time: examples of what it reads, from which {@code make fuzz} starts,
 * and all that was ever found. They are files of the module's {@code src/test/resources/fuzz/TARGET}.
 */
public final class Corpus {
    private static final Path ALL = Path.of("src/test/resources/fuzz");

    private Corpus() {}

    /** @param name of its file, which says what it is */
    public record Input(String name, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** @throws IOException when there is none: a target that is never tested finds nothing */
    public static Stream<Input> of(Class<?> target) throws IOException {
        try (Stream<Path> files = Files.list(ALL.resolve(target.getSimpleName()))) {
            List<Path> sorted = files.sorted().toList();
            Stream.Builder<Input> inputs = Stream.builder();
            for (Path file : sorted) {
                inputs.add(new Input(file.getFileName().toString(), Files.readAllBytes(file)));
            }
            return inputs.build();
        }
    }
}
