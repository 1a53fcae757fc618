package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scenario is described once. {@code -Dbaton.writeDocuments=true} brings the table for people up to date. */
class ScenarioTest {
    private static final Path PAGE = Path.of("../docs/drills.md");
    private static final String BEGIN = "<!-- scenarios -->\n";
    private static final String END = "<!-- end -->";

    @Test
    void theTableOfScenariosIsCurrent() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        String current = page.substring(0, from) + markdown() + page.substring(page.indexOf(END, from));
        if (Boolean.getBoolean("baton.writeDocuments")) {
            Files.writeString(PAGE, current);
        } else {
            assertThat(page)
                    .as("docs/drills.md follows from Scenario; run: mvn -pl fleet -am test -Dbaton.writeDocuments=true")
                    .isEqualTo(current);
        }
    }

    private static String markdown() {
        return Arrays.stream(Scenario.values())
                .map(one -> "| `" + one.word() + "` | " + one.description() + " | " + one.does() + " | " + one.end()
                        + " | " + one.shows() + " |\n")
                .collect(Collectors.joining(
                        "",
                        "| name | what it is | what is done to the node | how it ends | what it must show |\n|---|---|---|---|---|\n",
                        ""));
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void theNodeHasAScriptThatBeginsIt(Scenario scenario) {
        assertThat(Fault.script(scenario, "begin")).isNotBlank();
    }

    @Test
    void everyFolderOfFaultsIsAScenario() throws Exception {
        Path faults = Path.of(Fault.class.getResource("faults").toURI());
        try (Stream<Path> folders = Files.list(faults)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            Arrays.stream(Scenario.values()).map(Scenario::word).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aReportInChineseHasWordsForIt(Scenario scenario) throws Exception {
        Properties words = new Properties();
        try (InputStream stream = Scenario.class.getResourceAsStream("../report/Words_zh_CN.properties")) {
            words.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        assertThat(words.getProperty("scenario." + scenario.word())).isNotBlank();
    }
}
