package io.jenkins.plugins.baton.cluster.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is committed under {@code docs} and must follow from the code. */
final class Documents {
    private static final Path FOLDER = Path.of("../docs");

    private Documents() {}

    /** With {@code -Dbaton.writeDocuments=true} it writes the document instead. */
    static void assertCurrent(String name, String expected) throws IOException {
        Path document = FOLDER.resolve(name);
        if (Boolean.getBoolean("baton.writeDocuments")) {
            Files.writeString(document, expected);
        }
        assertThat(document)
                .as("docs/%s follows from ClusterFormat; run: mvn -pl cluster test -Dbaton.writeDocuments=true", name)
                .content(UTF_8)
                .isEqualTo(expected);
    }

    static String read(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }
}
