package io.jenkins.plugins.baton.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.ImportResult;
import io.jenkins.plugins.baton.cluster.importer.Importer;
import io.jenkins.plugins.baton.cluster.importer.haproxy.HostNames;
import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import io.jenkins.plugins.baton.lab.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The real programs accept the files that the importer is tested with; they would not be worth importing otherwise. Where they
 * complain of a line of a file from the field, the importer has a word on that line as well.
 */
class GeneratedFilesIT {
    private static final Path FILES = Path.of("../cluster/src/test/resources/import/generated");

    private static final Path FIELD = Path.of("../cluster/src/test/resources/import/field");

    private static final Pattern KEEPALIVED_LINE = Pattern.compile("\\.conf: Line ([0-9]+)\\)");
    private static final Pattern HAPROXY_LINE = Pattern.compile("ALERT.*\\.cfg:([0-9]+)\\]");

    /** What is wrong with the machine and not with the file: interfaces, users and files that are not here. */
    private static final String OF_THIS_MACHINE =
            ".*(doesn't exist|not found|not executable|Unable to access|could not resolve|unable to (load|stat)|Couldn't open"
                    + "|no CA file specified).*";

    /** What keepalived says of a file that it takes all the same. */
    private static final String REMARK =
            ".*(Truncating auth_pass|SECURITY VIOLATION|will not work with initial state MASTER"
                    + "|incompatible with AH|Ignoring track_interface|doesn't exist|disabling|not executable|Unable to access script"
                    + "|User '.*' not found|default user).*";

    @Test
    void keepalivedAcceptsEveryGeneratedFile() throws IOException {
        for (Path file : files(".conf")) {
            Command.Result result = Command.run("keepalived", "--config-test", "--use-file", file.toString());
            assertThat((result.output() + result.errors())
                            .lines()
                            .filter(line -> !line.isBlank() && !line.matches(REMARK)))
                    .as("%s, exit status %d", file, result.status())
                    .isEmpty();
        }
    }

    @Test
    void haproxyAcceptsEveryGeneratedFile() throws IOException {
        for (Path file : files(".cfg")) {
            Command.Result result = Command.run("haproxy", "-c", "-f", file.toString());
            assertThat(result.status()).as("%s: %s", file, result.errors()).isZero();
        }
    }

    @TestFactory
    Stream<DynamicTest> whatTheRealProgramsComplainOfInTheFieldsFilesIsListed() throws IOException {
        try (Stream<Path> folders = Files.list(FIELD)) {
            return folders.sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(
                            folder.getFileName().toString(),
                            () -> assertThat(complaints(folder)).isSubsetOf(listed(folder))));
        }
    }

    /** The places, as in {@code k1.conf:3}. */
    private static Set<String> complaints(Path folder) throws IOException {
        Set<String> places = new TreeSet<>();
        for (Path file : files(folder, ".conf")) {
            Command.Result result = Command.run("keepalived", "--config-test", "--use-file", file.toString());
            places.addAll(places(file, KEEPALIVED_LINE, result.output() + result.errors()));
        }
        for (Path file : files(folder, ".cfg")) {
            Command.Result result = Command.run("haproxy", "-c", "-f", file.toString());
            places.addAll(places(file, HAPROXY_LINE, result.output() + result.errors()));
        }
        return places;
    }

    private static List<String> places(Path file, Pattern pattern, String text) {
        return text.lines()
                .filter(line -> !line.matches(OF_THIS_MACHINE))
                .flatMap(line -> pattern.matcher(line).results())
                .map(place -> file.getFileName() + ":" + place.group(1))
                .toList();
    }

    private static Set<String> listed(Path folder) throws IOException, ImportException {
        ImportResult result = Importer.importFiles(sources(folder, ".conf"), sources(folder, ".cfg"), HostNames.NONE);
        Set<String> places = new TreeSet<>();
        result.notCarriedOver().forEach(line -> places.add(line.file() + ":" + line.line()));
        result.toFillIn().forEach(sentence -> places.add(sentence.replaceFirst("^([^:]+:[0-9]+):.*", "$1")));
        return places;
    }

    private static List<SourceText> sources(Path folder, String end) throws IOException, ImportException {
        List<SourceText> sources = new ArrayList<>();
        for (Path file : files(folder, end)) {
            sources.add(SourceText.of(file.getFileName().toString(), Files.readAllBytes(file)));
        }
        return sources;
    }

    private static List<Path> files(String end) throws IOException {
        return files(FILES, end);
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(end)).sorted().toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }
}
