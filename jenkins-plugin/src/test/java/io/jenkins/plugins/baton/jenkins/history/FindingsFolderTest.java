package io.jenkins.plugins.baton.jenkins.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsFolderTest {
    private static final JobFindings FOUND = JobFindings.NONE
            .with(new Sighting(7, 1, 1000, "m1", List.of("m3 answers nothing")))
            .with(new Rollout(6, 0, 900, "0.1.0-abc", Outcome.PASSED))
            .with(Scenario.HANDOVER, new Attempt(5, 0, 800, Outcome.PASSED, 12.5))
            .with(Scenario.HANDOVER, new Attempt(6, 0, 850, Outcome.REFUSED, 0));

    @TempDir
    Path root;

    private Path place;
    private FindingsFolder folder;

    @BeforeEach
    void make() {
        place = root.resolve("clusters");
        folder = new FindingsFolder(place);
    }

    private static ClusterFindings of(String cluster) {
        return ClusterFindings.none(cluster).with("folder/job", FOUND);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.sorted().toList();
        }
    }

    @Test
    void whatWasWrittenIsRead() throws Exception {
        assertThat(folder.read()).isEmpty();
        folder.write(of("prod"));

        assertThat(folder.read()).containsOnlyKeys("prod").containsValue(of("prod"));
        folder.write(of("prod").with("folder/job", null));
        assertThat(files()).isEmpty();
    }

    @Test
    void everyNameHasAFileOfItsOwnInTheFolder() throws Exception {
        List<String> names = List.of("prod", "PROD", "../../evil", "a/b", "a_b", "集群", "", "x".repeat(200));
        for (String name : names) {
            folder.write(of(name));
        }

        assertThat(folder.read()).containsOnlyKeys(names);
        assertThat(files()).hasSize(names.size());
        assertThat(files())
                .extracting(file -> file.getFileName().toString().toLowerCase(java.util.Locale.ROOT))
                .doesNotHaveDuplicates();
        assertThat(root).isDirectoryNotContaining(path -> !path.equals(place));
    }

    @Test
    void aFileThatCannotBeReadIsPutAsideAndTheOthersCount() throws Exception {
        folder.write(of("prod"));
        Files.writeString(place.resolve("half.json"), "{\"format\": \"baton-clusters/1\", \"clus");
        Files.writeString(place.resolve("later.json"), "{\"format\": \"baton-clusters/9\", \"cluster\": \"x\"}");

        assertThat(folder.read()).containsOnlyKeys("prod");
        assertThat(files())
                .contains(place.resolve("half.json.unreadable"), place.resolve("later.json.unreadable"))
                .doesNotContain(place.resolve("half.json"));
    }
}
