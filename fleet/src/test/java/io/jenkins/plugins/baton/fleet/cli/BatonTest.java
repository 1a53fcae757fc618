package io.jenkins.plugins.baton.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.jmx.text.StandardOutput;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BatonTest {
    private static final String FILE = """
            cluster: example
            ssh: {user: nobody, port: 1, identity: %s}
            nodes:
              - {name: m1, address: 127.0.0.2, priority: 110}
              - {name: m2, address: 127.0.0.3, priority: 100}
            virtualRouters:
              - {name: vip, virtualRouterId: 51, interface: lo, addresses: [127.0.0.9/32]}
            frontends:
              - {name: api, bind: "127.0.0.9:8443", backends: {port: 6443}}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int baton(String... arguments) {
        CommandLine line = Baton.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String file() throws Exception {
        Path key = folder.resolve("id");
        if (!Files.exists(key)) {
            new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                    .start()
                    .waitFor();
        }
        return Files.writeString(folder.resolve("cluster.yaml"), FILE.formatted(key))
                .toString();
    }

    @Test
    void aRightFileIsSaidToBeRight() throws Exception {
        assertThat(baton("check", "-f", file())).isZero();
        assertThat(out.toString()).contains("2 nodes");
    }

    @Test
    void aWrongFileEndsWithTwoAndItsMistakesForEveryCommand() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "cluster: x\nnods: []\n");

        for (String command : new String[] {"check", "deploy", "undeploy", "wait", "status"}) {
            assertThat(baton(command, "-f", wrong.toString())).as(command).isEqualTo(2);
        }
        assertThat(err.toString()).contains("wrong.yaml:2:1:", "nods");
    }

    @Test
    void nodesOutOfReachEndWithFourAndEachIsNamed() throws Exception {
        assertThat(baton("status", "-f", file(), "--connect-timeout", "5")).isEqualTo(4);
        assertThat(out.toString()).contains("m1: cannot reach 127.0.0.2:1", "m2: cannot reach 127.0.0.3:1");
    }

    /** With its time-out it would end with three. */
    @Test
    void aWaitThatCannotSucceedEndsAtOnceWithFour() throws Exception {
        Path key = Files.writeString(
                folder.resolve("key"),
                "-----BEGIN OPENSSH PRIVATE KEY-----\njunk\n-----END OPENSSH PRIVATE KEY-----\n");

        assertThat(baton("wait", "-f", file(), "--identity", key.toString(), "--timeout", "3600"))
                .isEqualTo(4);
        assertThat(err.toString())
                .contains("m1: cannot log in at 127.0.0.2:1: the private key " + key + " cannot be used")
                .contains("m2: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--jump; root@h:abc; the jump host 'root@h:abc' is not of the form [USER@]HOST[:PORT]",
                "--ssh-port; 70000; --ssh-port is a number from 1 to 65535, not 70000",
                "--connect-timeout; -1; --connect-timeout is a number from 1 to 3600, not -1",
                "--known-hosts; /etc; the known_hosts file /etc is a directory: name a file",
                "--known-hosts; /dev/zero; the known_hosts file /dev/zero is a device or pipe: name a file",
                "--identity; /etc; the private key /etc is a directory: name a file",
                "--identity; /dev/zero; the private key /dev/zero is a device or pipe: name a file",
                "--identity; /not/there; the private key /not/there does not exist",
                "--user; a b; --user 'a b' is not a login name",
                "--user; -x; --user '-x' is not a login name",
                "--jump; a b; the jump host 'a b' is not of the form [USER@]HOST[:PORT]",
                "--jump; ssh://h:22; the jump host 'ssh://h:22' is not of the form [USER@]HOST[:PORT]",
                "--sudo-password-file; /dev/zero; the secret /dev/zero is a device or pipe: name a file",
            })
    void anOptionOfSshThatMakesNoSenseEndsWithTwoAndOneSentence(String option, String value, String sentence)
            throws Exception {
        assertThat(baton("status", "-f", file(), option, value)).isEqualTo(2);
        assertThat(err.toString().strip()).endsWith(sentence).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "enable"})
    void anOrderAboutABackendThatDoesNotExistEndsWithTwoAndNamesThoseThatDo(String command) throws Exception {
        assertThat(baton(command, "-f", file(), "m9")).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("no frontend has a backend m9; there are m1, m2");
        assertThat(baton(command, "-f", file())).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'NODE'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "enable"})
    void anOrderAboutABackendNamesEveryNodeThatCannotBeReached(String command) throws Exception {
        assertThat(baton(command, "-f", file(), "api/m1")).isEqualTo(4);
        assertThat(err.toString()).contains("m1: cannot reach 127.0.0.2:1", "m2: cannot reach 127.0.0.3:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--node m9 -- true | there is no node m9 in FILE; there are m1, m2",
                "--node m1 --at-most 2 -- true | the time 2 is not a number with ms, s, m or h, as in 500ms",
                "--node m1 --at-most 169h -- true | a maintenance lasts 1s to 168h at most, not 169h",
                "--node m1 --drain-timeout no -- true | the time no is not a number with ms, s, m or h, as in 500ms",
                "--node m1 --min-healthy -1 -- true | 0 or more other nodes can be demanded to be healthy, not -1",
            })
    void aMaintenanceThatMakesNoSenseEndsWithTwoAndOneSentence(String words, String sentence) throws Exception {
        String file = file();
        List<String> arguments = new ArrayList<>(List.of("maintain", "-f", file));
        arguments.addAll(List.of(words.split(" ")));

        assertThat(baton(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo(sentence.replace("FILE", file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--node m1", "-- true", "--node m1 --"})
    void aMaintenanceNeedsANodeAndACommand(String words) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("maintain", "-f", file()));
        arguments.addAll(List.of(words.split(" ")));

        assertThat(baton(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString().strip())
                .startsWith("Missing required")
                .endsWith("; see `baton maintain --help`")
                .doesNotContain("\n");
    }

    @Test
    void theOptionsOfAMaintainedCommandAreItsOwn() throws Exception {
        assertThat(baton("maintain", "-f", file(), "--node", "m1", "sh", "-c", "exit 7", "--json"))
                .as("no node can be reached, so that it does not run")
                .isEqualTo(4);
        assertThat(err.toString()).contains("m1: cannot reach 127.0.0.2:1").doesNotContain("Unknown option");
    }

    @Test
    void aBrokenLineOfKnownHostsIsNoObstacle() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "<<<<<<< HEAD\n|1|x\n\u0000\n");

        assertThat(baton("status", "-f", file(), "--known-hosts", hosts.toString()))
                .isEqualTo(4);
        assertThat(err.toString())
                .contains("warning: " + hosts + ": these lines cannot be read and do not count: 1, 2, 3");
        assertThat(out.toString()).contains("m1: cannot reach 127.0.0.2:1");
    }

    @Test
    void whatIsNoPrivateKeyIsNamedBeforeAnyNodeIsAsked() throws Exception {
        assertThat(baton("status", "-f", file(), "--identity", "/etc/hosts")).isEqualTo(2);
        assertThat(err.toString()).contains("/etc/hosts is not a private key");
        Path key = Files.writeString(folder.resolve("id.pub"), "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me\n");

        assertThat(baton("status", "-f", file(), "--identity", key.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(key + " is a public key, and it takes the private one to log in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "agent-killer"})
    void anUnknownScenarioEndsWithTwoAndNamesTheKnownOnes(String scenario) throws Exception {
        assertThat(baton("drill", "-f", file(), "--scenario", scenario)).isEqualTo(2);
        assertThat(err.toString()).contains("handover, agent-stop, agent-kill, agent-freeze");
    }

    @Test
    void theNextScenarioIsTheOneThatTheReportsShowToBeOldest() throws Exception {
        String drill = "{\"scenario\": \"%s\", \"startedAt\": \"%s\"}";
        Path reports = Files.createDirectories(folder.resolve("drills/first"));
        Files.writeString(
                reports.resolve("report.json"),
                "{\"cluster\": \"example\", \"drills\": ["
                        + drill.formatted("agent-kill", "2026-01-02T00:00:00Z") + ", "
                        + drill.formatted("handover", "2026-01-01T00:00:00Z") + "]}");
        String history = folder.resolve("drills").toString();
        String[] next = {"drill", "-f", file(), "--scenario", "next", "--history", history};

        assertThat(baton(next)).isEqualTo(4);
        assertThat(out.toString()).contains("next: agent-stop, which was never drilled on example");
        assertThat(baton(Stream.concat(Stream.of(next), Stream.of("--from", "handover,agent-kill"))
                        .toArray(String[]::new)))
                .isEqualTo(4);
        assertThat(out.toString())
                .contains("next: handover, which was drilled longest ago on example: 2026-01-01 00:00");
    }

    @Test
    void theNextScenarioNeedsToKnowTheEarlierOnes() throws Exception {
        assertThat(baton("drill", "-f", file(), "--scenario", "next")).isEqualTo(2);
        assertThat(err.toString()).contains("name the directory below which their reports are with --history");
        assertThat(baton("drill", "-f", file(), "--scenario", "next", "--history", file()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not a directory of reports");
        assertThat(baton("drill", "-f", file(), "--scenario", "all", "--from", "handover"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("only the scenario next is chosen from a list");
    }

    @Test
    void aTimeWithoutAUnitIsRefused() throws Exception {
        assertThat(baton("drill", "-f", file(), "--scenario", "handover", "--max-outage", "5"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the time 5 is not a number with ms, s, m or h");
    }

    @Test
    void outsideTheTimeWindowADrillIsRefusedBeforeAnyNodeIsAsked() throws Exception {
        LocalTime later = LocalTime.now().truncatedTo(ChronoUnit.MINUTES).plusHours(2);
        String window = later + "-" + later.plusHours(1);

        assertThat(baton("drill", "-f", file(), "--scenario", "handover", "--window", window))
                .isEqualTo(3);
        assertThat(err.toString()).contains("drills are allowed from " + window);
    }

    @Test
    void anOutputOfImportIsNotOverwritten() throws Exception {
        Path keepalived = Files.writeString(folder.resolve("keepalived.conf"), """
                vrrp_instance VI_1 {
                  state MASTER
                  interface eth0
                  virtual_router_id 51
                  priority 100
                  unicast_src_ip 10.0.0.1
                  virtual_ipaddress { 10.0.0.9 }
                }
                """);
        Path haproxy = Files.writeString(folder.resolve("haproxy.cfg"), """
                frontend api
                  bind *:8443
                  mode tcp
                  default_backend nodes
                backend nodes
                  mode tcp
                  server m1 10.0.0.1:6443 check
                """);
        Path output = folder.resolve("out.yaml");

        assertThat(baton("import", keepalived.toString(), haproxy.toString(), "-o", output.toString()))
                .isZero();
        assertThat(output).content().contains("virtualRouterId: 51");
        assertThat(baton("import", keepalived.toString(), haproxy.toString(), "-o", output.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("exists already");
    }

    @Test
    void whatCannotBeWrittenIsNamedWithTheReasonAndNotLeftByHalf() throws Exception {
        Path full = Files.createSymbolicLink(folder.resolve("out.yaml"), Path.of("/dev/full"));

        assertThatThrownBy(() -> Import.fill(full, "cluster: x\n"))
                .hasMessage("cannot write " + full + ": No space left on device");
        assertThat(full).doesNotExist();
        assertThat(baton("drill", "-f", file(), "--scenario", "all", "--report", "/proc/none"))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("cannot write a report to /proc/none: there is no such file or directory; name another");
    }

    @Test
    void importNamesEveryFileThatItCannotReadAtOnce() throws Exception {
        Path marked = Files.writeString(folder.resolve("marked.conf"), "\uFEFFglobal_defs {\n}\n");

        assertThat(baton(
                        "import",
                        folder.toString(),
                        "/dev/zero",
                        marked.toString(),
                        folder.resolve("no.cfg").toString()))
                .isEqualTo(2);

        assertThat(err.toString().lines().filter(line -> line.contains(":1:1: ")))
                .hasSize(4);
        assertThat(err.toString())
                .contains("is a directory", "is a device", "byte order mark (UTF-8)", "there is no such file")
                .doesNotContain("Exception");
    }

    @Test
    void importNamesTheMistakesOfOtherFilesBesideOneThatItCannotRead() throws Exception {
        Path keepalived = Files.writeString(folder.resolve("k.conf"), "include other.conf\n");
        Path haproxy = Files.writeString(folder.resolve("h.cfg"), "global\n  daemon\n.if x\n");

        assertThat(baton("import", keepalived.toString(), folder.toString(), haproxy.toString()))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(folder + ":1:1: is a directory", keepalived + ":1:1: include", haproxy + ":3:1: .if");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chek | did you mean check?; see `baton --help`",
                "--bogus | Unknown option: '--bogus'; see `baton --help`",
                "check --fil x | did you mean --file?; see `baton check --help`",
                "check a.yaml | Unmatched argument at index 1: 'a.yaml'; see `baton check --help`",
                "check -f | Missing required parameter for option '--file' (FILE); see `baton check --help`",
                "wait --timeout 60s | '60s' is not a whole number; see `baton wait --help`",
                "wait --timeout 99999999999 | is not a whole number that a command can count to; see",
                "import a | requires at least 2 values",
            })
    void aWrongCommandLineIsOneSentenceAndEndsWithTwo(String words, String phrase) {
        assertThat(baton(words.split(" "))).isEqualTo(2);
        assertThat(err.toString().strip()).contains(phrase).doesNotContain("\n");
    }

    @Test
    void theHelpOfACommandIsShownEitherWay() {
        assertThat(baton("help", "wait")).isZero();
        String shown = out.toString();

        assertThat(baton("wait", "--help")).isZero();

        assertThat(out.toString()).isEqualTo(shown + shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check -f",
                "status --user",
                "status --known-hosts",
                "drill --scenario all --report",
                "import a b -o",
                "drill --scenario next --history",
                "maintain --node"
            })
    void anEmptyValueIsRefusedSinceAVariableIsNotSetThen(String words) {
        List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
        String option =
                arguments.get(arguments.size() - 1).replace("-f", "--file").replace("-o", "--output");
        arguments.add("");
        if (words.startsWith("maintain")) {
            arguments.add("true");
        }

        assertThat(baton(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).startsWith("the value of " + option + " is empty; see");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--stable -1 | --stable is a number of seconds from 0 to 604800, not -1",
                "--timeout -5 | --timeout is a number of seconds from 0 to 604800, not -5",
                "--timeout 604801 | --timeout is a number of seconds from 0 to 604800, not 604801",
                "--timeout 2 --stable 3 | --stable 3 is longer than --timeout 2, so that it could never be reached; lower the"
                        + " one or raise the other",
            })
    void aWaitThatMakesNoSenseEndsWithTwoBeforeAnyNodeIsAsked(String words, String sentence) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("wait", "-f", file()));
        arguments.addAll(List.of(words.split(" ")));

        assertThat(baton(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo(sentence);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--hold 999999999h | the time 999999999h is longer than 8760h, a year",
                "--settle 8761h | the time 8761h is longer than 8760h, a year",
                "--max-outage 0.0001s | the time 0.0001s is not a number with ms, s, m or h, as in 500ms",
                "--max-outage 0.5ms | the time 0.5ms is finer than a millisecond",
                "--times 2147483647 | the scenarios can be run 1000 times at most, not 2147483647",
                "--connections 2147483647 | 10000 connections can be held through the drill at most, not 2147483647",
            })
    void aDrillBeyondAllMeasureEndsWithTwo(String words, String sentence) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("drill", "-f", file(), "--scenario", "handover"));
        arguments.addAll(List.of(words.split(" ")));

        assertThat(baton(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo(sentence);
    }

    @Test
    void aTimeMayHaveAFractionAsInTheClusterFile() throws Exception {
        assertThat(baton("drill", "-f", file(), "--scenario", "handover", "--max-outage", "1.5s"))
                .as("no node can be reached")
                .isEqualTo(4);
    }

    @Test
    void anArgumentWithAnAtIsNoFileOfArguments() throws Exception {
        Path other = Files.writeString(folder.resolve("body"), "--json\n");
        CommandLine line = Baton.commandLine();

        line.parseArgs("maintain", "--node", "m1", "--", "curl", "-d", "@" + other);

        assertThat(((Maintain) line.getSubcommands().get("maintain").getCommand()).command)
                .containsExactly("curl", "-d", "@" + other);
    }

    @Test
    void aNameIsShownWithoutWhatATerminalObeys() {
        assertThat(baton("check", "-f", "no\u001b[31mred")).isEqualTo(2);
        assertThat(err.toString()).startsWith("no?[31mred:1:1: there is no such file");
    }

    @Test
    void aResultThatCannotBeWrittenIsAFailure() throws Exception {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            int code = Baton.run(new StandardOutput(full), new PrintWriter(err, true), "schema");

            assertThat(code).isEqualTo(4);
        }
        assertThat(err.toString().strip()).isEqualTo("Cannot write to standard output: No space left on device");
    }

    @Test
    void oneNodeIsOne() throws Exception {
        Path file = Files.writeString(folder.resolve("one.yaml"), "nodes: [{name: m1, address: 127.0.0.2}]\n");

        assertThat(baton("check", "-f", file.toString())).isZero();
        assertThat(out.toString()).contains("is valid: 1 node, SHA-256");
    }

    @Test
    void theSchemaIsJson() {
        assertThat(baton("schema")).isZero();
        assertThat(out.toString()).startsWith("{").contains("\"$schema\"");
    }

    @Test
    void withoutACommandTheUsageIsShown() {
        assertThat(baton()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required subcommand", "drill");
    }
}
