package io.jenkins.plugins.baton.cluster.importer.shell;

import java.util.List;
import java.util.stream.Stream;

/** A command line as the shell understands it. */
public sealed interface Command {

    /**
     * One program with its arguments.
     *
     * @param words without quotes; may be empty when there are only redirections
     * @param redirections as they are written, as in {@code 2>/dev/null}
     */
    record Simple(List<String> words, List<Redirection> redirections) implements Command {
        public Simple {
            words = List.copyOf(words);
            redirections = List.copyOf(redirections);
        }

        /** The program's name without its directory; empty when there is none. */
        public String program() {
            return words.isEmpty() ? "" : words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
        }

        @Override
        public Stream<Simple> all() {
            return Stream.of(this);
        }
    }

    /** @param operator such as {@code 2>} or {@code <} */
    record Redirection(String operator, String target) {}

    /** {@code ! command} */
    record Not(Command command) implements Command {
        @Override
        public Stream<Simple> all() {
            return command.all();
        }
    }

    /** @param operator {@code &&}, {@code ||}, {@code |} or {@code ;} */
    record Both(String operator, Command first, Command second) implements Command {
        @Override
        public Stream<Simple> all() {
            return Stream.concat(first.all(), second.all());
        }
    }

    /** The programs of it, from left to right. */
    Stream<Simple> all();
}
