package io.jenkins.plugins.baton.fleet.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void onlyTheLinesThatDifferAreThereAndPasswordsAreNot() {
        assertThat(LineDiff.of("a\nb\npassword: old\nc", "a\nx\npassword: new\nc"))
                .containsExactly("- b", "- password: ********", "+ x", "+ password: ********");
        assertThat(LineDiff.of("a\na\nb", "a\nb")).containsExactly("- a");
        assertThat(LineDiff.of("a", "a")).isEmpty();
    }

    @Test
    void longFilesAreComparedToo() {
        String before = IntStream.range(0, 20_000).mapToObj(String::valueOf).collect(Collectors.joining("\n"));

        assertThat(LineDiff.of(before, before.replace("\n777\n", "\n778\n"))).containsExactly("- 777", "+ 778");
        assertThat(LineDiff.of(before, before.replace("7", "8"))).contains("- 7", "+ 8");
    }
}
