package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The sample files under {@code src/test/resources/import}. */
final class Samples {
    static final Path FOLDER = Path.of("src/test/resources/import");

    private Samples() {}

    static SourceText text(String sample, String name) throws IOException {
        return new SourceText(name, Files.readString(FOLDER.resolve(sample).resolve(name)));
    }

    static ImportResult imported(String sample, String... keepalived) throws IOException, ImportException {
        List<SourceText> files = new ArrayList<>();
        for (String name : keepalived) {
            files.add(text(sample, name));
        }
        return Importer.importFiles(files, text(sample, "haproxy.cfg"));
    }
}
