package io.jenkins.plugins.baton.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.text.StandardOutput;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    private int agent(OutputStream output, String... arguments) {
        return BatonAgent.command(new StandardOutput(output), new PrintWriter(err, true), arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status --node EMPTY | The value of --node is empty; see `baton-agent status --help`",
                "handover --to EMPTY | The value of --to is empty; see `baton-agent handover --help`",
                "run -c EMPTY | The value of --config is empty; see `baton-agent run --help`",
                "status --watch --every 1s | Invalid value for option '--every': '1s' is not a whole number; see",
                "status --watch --every 99999999999 | '99999999999' is not a whole number that a command can count to; see",
            })
    void aValueThatMakesNoSenseIsOneSentenceAndEndsWithTwo(String words, String sentence) {
        String[] arguments = words.replace("EMPTY", "").split(" ", -1);

        assertThat(agent(new ByteArrayOutputStream(), arguments)).isEqualTo(2);
        assertThat(err.toString().strip()).contains(sentence).doesNotContain("\n");
    }

    @Test
    void anArgumentWithAnAtIsNoFileOfArguments() throws Exception {
        Path words = Files.writeString(folder.resolve("words"), "--bogus\n");

        assertThat(agent(new ByteArrayOutputStream(), "check", "@" + words)).isEqualTo(2);
        assertThat(err.toString()).startsWith("@" + words + ":1:1: there is no such file");
    }

    @Test
    void aResultThatCannotBeWrittenIsAFailure() throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), "nodes: [{name: m1, address: 192.0.2.1}]\n");
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(agent(full, "check", file.toString())).isEqualTo(1);
        }
        assertThat(err.toString().strip()).isEqualTo("Cannot write to standard output: No space left on device");
    }

    @Test
    void aNameIsShownWithoutWhatATerminalObeys() {
        assertThat(agent(new ByteArrayOutputStream(), "check", "no\u001b[31mred"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("no?[31mred:1:1: there is no such file");
    }
}
