package io.jenkins.plugins.baton.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.baton.agent.daemon.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder and the archive run where they are put. */
@Timeout(180)
class DistributionIT {
    /** Of the agent's own classes: those that are newer than the class list. */
    private static final int MAX_FROM_JARS = 20;

    @TempDir
    Path folder;

    @Test
    void theArchiveRunsWhereverItIsUnpackedAndItsClassArchiveIsUsed() throws Exception {
        Path home = unpack(folder.resolve("a place with blanks"));
        // "auto" would go on without the class archive; "on" fails without it.
        Process process = new Program(home, folder).start(Map.of("BATON_JAVA_OPTIONS", "-Xshare:on"), "--version");
        Program.Result result = new Program(home, folder).end(process);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("baton-agent ");
    }

    @Test
    void theLauncherWorksThroughALinkAndFromAnyDirectory() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("agent"), Program.DISTRIBUTION.resolve("bin/baton-agent"));
        Program program = new Program(Program.DISTRIBUTION, folder);
        assertThat(program.end(program.start(Map.of(), List.of(link.toString(), "--version")))
                        .exitCode())
                .isZero();
        assertThat(program.end(program.start(Map.of(), List.of("./agent", "--version")))
                        .exitCode())
                .isZero();
    }

    @Test
    void anEnvironmentForJavaDevelopersChangesNothing() throws Exception {
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                "/nowhere",
                "JAVA_TOOL_OPTIONS",
                "-Xmx1k",
                "JDK_JAVA_OPTIONS",
                "-nonsense",
                "CLASSPATH",
                "x");
        Program program = new Program(Program.DISTRIBUTION, folder);
        assertThat(program.end(program.start(environment, "--version")).exitCode())
                .isZero();
    }

    @Test
    void theAgentNeedsNoTemporaryDirectoryAndEndsWithSigterm() throws Exception {
        writeClusterFile();
        Program program = new Program(Program.DISTRIBUTION, folder);
        // Native libraries are used where they lie: nothing is unpacked to a place that may be mounted noexec.
        Process agent = startAgent(program, "-Djava.io.tmpdir=/nowhere");
        try {
            awaitReady(agent, program);
            Path elsewhere = Files.createDirectory(folder.resolve("client"));
            Program client = new Program(Program.DISTRIBUTION, elsewhere);
            Process status = client.start(
                    Map.of("RUNTIME_DIRECTORY", folder.resolve("run").toString()), "status", "--json");
            assertThat(client.end(status).out()).contains("\"name\":\"b1\"");
            agent.destroy();
            assertThat(program.end(agent).exitCode()).isZero();
        } finally {
            agent.destroyForcibly();
        }
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    /** What a daemon has loaded it keeps. */
    @Test
    void theDaemonsOwnClassesComeFromTheArchiveAndThoseOfTheCommandLineAreNotLoaded() throws Exception {
        writeClusterFile();
        Program program = new Program(Program.DISTRIBUTION, folder);
        Path loaded = folder.resolve("classes.log");
        Process agent = startAgent(program, "-Xlog:class+load:file=" + loaded);
        try {
            awaitReady(agent, program);
        } finally {
            agent.destroy();
            program.end(agent);
        }
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes)
                .anyMatch(
                        line -> line.contains("] io.jenkins.plugins.baton.agent.daemon.Daemon source: shared objects"))
                .noneMatch(line -> line.contains("] picocli."));
        assertThat(classes.stream()
                        .filter(line -> line.contains("] io.jenkins.plugins.baton."))
                        .filter(line -> !line.contains("$$Lambda$") && !line.contains("source: shared objects file")))
                .as("classes that are not in the archive: record the list again by `make class-list`")
                .hasSizeLessThanOrEqualTo(MAX_FROM_JARS);
    }

    @Test
    void theSystemdUnitIsHardened() throws Exception {
        Path unit = Program.DISTRIBUTION.resolve("systemd/baton-agent.service");
        Program program = new Program(Program.DISTRIBUTION, folder);
        Program.Result result = program.end(program.start(
                Map.of(), List.of("systemd-analyze", "security", "--offline=true", "--threshold=30", unit.toString())));
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    @Test
    void nothingOfOtherPlatformsIsShipped() throws Exception {
        try (Stream<Path> files = Files.walk(Program.DISTRIBUTION.resolve("lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.matches(".*(osx|windows|kqueue|riscv|macos).*"))
                    .filteredOn(name -> name.endsWith(".so"))
                    .hasSize(3);
        }
    }

    @Test
    void everythingThatItCarriesIsInItsBillOfMaterials() throws Exception {
        Set<String> listed = new TreeSet<>();
        new ObjectMapper()
                .readTree(Program.DISTRIBUTION.resolve("sbom.cdx.json").toFile())
                .get("components")
                .forEach(component -> listed.add(component.get("name").asText() + "-"
                        + component.get("version").asText()));
        try (Stream<Path> files = Files.list(Program.DISTRIBUTION.resolve("lib"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".jar") && !name.startsWith("baton-agent-"))
                            .map(name -> name.substring(0, name.length() - ".jar".length())))
                    .isNotEmpty()
                    .isSubsetOf(listed);
        }
        assertThat(listed)
                .anyMatch(name -> name.startsWith("OpenJDK runtime-"))
                .anyMatch(name -> name.startsWith("netty-tcnative-boringssl-static-"))
                .anyMatch(name -> name.startsWith("netty-transport-native-epoll-"));
    }

    @Test
    void theTextsOfTheLicencesGoWithIt() throws Exception {
        assertThat(Files.readString(Program.DISTRIBUTION.resolve("THIRD-PARTY.txt")))
                .contains("io.netty:netty-buffer:", "org.yaml:snakeyaml:", "OpenJDK")
                .doesNotContain("Unknown license");
        assertThat(Program.DISTRIBUTION.resolve("LICENSE")).isNotEmptyFile();
        try (Stream<Path> texts = Files.walk(Program.DISTRIBUTION.resolve("licences"))) {
            assertThat(texts.map(file -> file.getFileName().toString()))
                    .contains("AL2.0", "LICENSE.boringssl.txt", "LICENSE.txt");
        }
        assertThat(Program.DISTRIBUTION.resolve("runtime/legal/java.base")).isNotEmptyDirectory();
    }

    private void writeClusterFile() throws IOException {
        int jmxPort = FreePort.next();
        Files.writeString(folder.resolve("cluster.yaml"), """
                nodes: [{name: m1, address: 192.0.2.1, priority: 100}]
                frontends:
                  - name: api
                    bind: "127.0.0.1:%d"
                    check: {type: tcp}
                    backends: [{name: b1, address: "127.0.0.1:%d"}]
                management: {jmxPort: %d}
                """.formatted(FreePort.next(), jmxPort, jmxPort));
    }

    private static Process startAgent(Program program, String javaOption) throws IOException {
        return program.start(
                Map.of("BATON_JAVA_OPTIONS", javaOption), "run", "--config", "cluster.yaml", "--node", "m1");
    }

    private static void awaitReady(Process agent, Program program) throws IOException, InterruptedException {
        while (!program.err().contains("ready after")) {
            assertThat(agent.isAlive()).as(program.err()).isTrue();
            Thread.sleep(50);
        }
    }

    private Path unpack(Path place) throws Exception {
        Files.createDirectory(place);
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            Path archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
            Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", place.toString())
                    .inheritIO()
                    .start();
            assertThat(tar.waitFor()).isZero();
        }
        return place.resolve("baton-agent");
    }
}
