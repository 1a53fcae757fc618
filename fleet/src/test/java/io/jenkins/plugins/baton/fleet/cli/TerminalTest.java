package io.jenkins.plugins.baton.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person sees. */
class TerminalTest {
    private static final Pattern TIME = Pattern.compile("  [1-9][0-9]* s");

    private final StringWriter seen = new StringWriter();
    private final PrintWriter terminal = new PrintWriter(seen, true);

    @Test
    void aStepStaysInItsLineAndTheNextOneHasItsOwn() {
        try (LiveLine line = new LiveLine(terminal, 80)) {
            line.say("m1", "first");
            line.say("second");
        }

        assertThat(afterLastReturn()).containsExactly("m1: first", "second");
    }

    @Test
    void whileItLastsAStepIsCutToTheTerminalAndAtItsEndItIsWhole() {
        String text = "0123456789".repeat(3);
        try (LiveLine line = new LiveLine(terminal, 20)) {
            line.say(text);
            assertThat(seen.toString()).contains("012345678901234567…").doesNotContain("\n");
        }

        assertThat(afterLastReturn()).containsExactly(text);
    }

    @Test
    void aStepThatLastsShowsItsTime() throws Exception {
        try (LiveLine line = new LiveLine(terminal, 80)) {
            line.say("slow");
            long end = System.nanoTime() + 60_000_000_000L;
            while (!TIME.matcher(seen.toString()).find() && System.nanoTime() < end) {
                Thread.sleep(50);
            }

            assertThat(seen.toString()).containsPattern("slow" + TIME);
        }
    }

    /** The lines as they stay: what was drawn over is not seen any more. A step that the machine held up has its time. */
    private Iterable<String> afterLastReturn() {
        return Stream.of(seen.toString().split("\n"))
                .map(line -> line.substring(line.lastIndexOf("\r\u001b[K") + 4))
                .map(line -> TIME.matcher(line).replaceFirst(""))
                .toList();
    }
}
