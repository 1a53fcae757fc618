package io.jenkins.plugins.baton.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The real programs accept the files that the importer is tested with; they would not be worth importing otherwise. */
class GeneratedFilesIT {
    private static final Path FILES = Path.of("../cluster/src/test/resources/import/generated");

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

    private static List<Path> files(String end) throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(end)).sorted().toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }
}
