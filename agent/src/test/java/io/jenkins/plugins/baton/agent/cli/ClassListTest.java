package io.jenkins.plugins.baton.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The class lists from which class archives are made (src/main/dist/train). */
class ClassListTest {
    private static final Path LISTS = Path.of("src/main/dist/train");
    private static final String LAMBDA = "@lambda-proxy ";

    /** A class that was renamed costs little: it is in the archive all the same, without its lambdas. */
    private static final int MAX_GONE = 20;

    @Test
    void theListsAreOfThePresentClasses() throws IOException {
        List<String> named = named();
        assertThat(named).isNotEmpty();
        assertThat(named.stream().filter(name -> getClass().getResource("/" + name + ".class") == null))
                .as("classes that are gone: record the list again by `make class-list`")
                .hasSizeLessThanOrEqualTo(MAX_GONE);
    }

    /** Also those whose lambdas it has. */
    private static List<String> named() throws IOException {
        try (Stream<Path> lists = Files.list(LISTS)) {
            return lists.filter(file -> file.toString().endsWith(".list"))
                    .flatMap(ClassListTest::lines)
                    .map(line -> (line.startsWith(LAMBDA) ? line.substring(LAMBDA.length()) : line).split(" ")[0])
                    .filter(name -> name.startsWith("io/jenkins/plugins/baton/"))
                    .distinct()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
