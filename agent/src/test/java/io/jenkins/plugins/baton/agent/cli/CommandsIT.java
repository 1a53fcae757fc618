package io.jenkins.plugins.baton.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words and exit codes of the built program. */
class CommandsIT {
    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void program() {
        program = new Program(Program.DISTRIBUTION, folder);
    }

    @Test
    void aValidFileIsSummedUp() throws Exception {
        write("nodes: [{name: m1, address: 192.0.2.1, priority: 100}]\n");
        Program.Result result = program.run("check", "cluster.yaml");
        assertThat(result.out())
                .isEqualTo(
                        "cluster.yaml is valid: cluster kubernetes, 1 node, 0 virtual routers, 0 frontends, 0 checks\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void everyMistakeIsALineOfItsOwnAndNothingElseIsSaid() throws Exception {
        write("nodes:\n  - {name: m1, address: 192.0.2.1, priority: 300}\nfrontend: []\n");
        Program.Result result = program.run("check", "cluster.yaml");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .hasSize(2)
                .anySatisfy(
                        line -> assertThat(line).startsWith("cluster.yaml:2:").contains("300"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("cluster.yaml:3:1: ").contains("frontends"));
    }

    @Test
    void aRunWithABrokenFileStartsNothing() throws Exception {
        write("nodes: oops\n");
        Program.Result result = program.run("run", "--config", "cluster.yaml");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("cluster.yaml:1:").doesNotContain("Exception");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aMissingFileIsSaidToBeMissing() throws Exception {
        Program.Result result = program.run("check", "nowhere.yaml");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("nowhere.yaml:1:1: there is no such file; check the path\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "status --json", "handover", "drain m1", "enable m1"})
    void withoutAnAgentTheExitCodeIsThree(String command) throws Exception {
        Program.Result result = program.run(command.split(" "));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).startsWith("No agent is running here").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statsu", "status --josn", "run", "drain", "check a b", "handover --to"})
    void aWrongCommandLineIsOneSentence(String command) throws Exception {
        Program.Result result = program.run(command.split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--help`").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "check", "status", "handover", "drain", "enable"})
    void helpHasExamples(String command) throws Exception {
        Program.Result result = command.isEmpty() ? program.run("--help") : program.run(command, "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Usage: baton-agent").contains("Examples:");
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
    }

    @Test
    void theVersionIsTheBuilds() throws Exception {
        assertThat(program.run("--version").out()).matches("baton-agent \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    private void write(String text) throws Exception {
        Files.writeString(folder.resolve("cluster.yaml"), text);
    }
}
