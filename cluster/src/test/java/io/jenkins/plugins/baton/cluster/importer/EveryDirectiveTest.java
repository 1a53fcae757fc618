package io.jenkins.plugins.baton.cluster.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every directive is in the cluster file, in a line that names its file and line and has its value, or in the list of what
 * is not. Nothing else may become of it.
 */
class EveryDirectiveTest {
    /** {@code make mutants} repeats them for thousands of mutants, and lets fewer be enough. */
    private static final int PAIRS = Integer.getInteger("baton.importer.pairs", 10_000);

    private static final int SAMPLES = 25;
    private static final Pattern FILE = Pattern.compile("(k\\.conf|h\\.cfg):([0-9]+(?:, [0-9]+)*)");

    @Test
    void ofThousandsOfGeneratedPairsIsCarriedOverOrListed() {
        IntStream.range(0, PAIRS).parallel().forEach(EveryDirectiveTest::pair);
    }

    /** The agent's tests hand them to keepalived and haproxy, to see that such files are what these accept. */
    @Test
    void samplesOfThePairsAreWhatTheRealProgramsAreAsked() throws IOException {
        Path folder = Samples.FOLDER.resolve("generated");
        for (int seed = 0; seed < SAMPLES; seed++) {
            assertSample(folder.resolve(seed + ".conf"), GeneratedKeepalived.of(new Random(seed)));
            assertSample(folder.resolve(seed + ".cfg"), GeneratedHaproxy.of(new Random(seed + 1_000_000L)));
        }
    }

    private static void assertSample(Path file, Generated generated) throws IOException {
        if (Boolean.getBoolean("baton.writeDocuments")) {
            Files.writeString(file, generated.text());
        }
        assertThat(file).content(UTF_8).isEqualTo(generated.text());
    }

    private static void pair(int seed) {
        Generated keepalived = GeneratedKeepalived.of(new Random(seed));
        Generated haproxy = GeneratedHaproxy.of(new Random(seed + 1_000_000L));
        ImportResult result;
        try {
            result = Importer.importFiles(
                    List.of(new SourceText("k.conf", keepalived.text())), new SourceText("h.cfg", haproxy.text()));
        } catch (ImportException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        String context = "seed " + seed + "\n" + keepalived.text() + "\n" + haproxy.text() + "\n" + result.yaml();
        Set<String> listed = result.notCarriedOver().stream()
                .map(line -> line.file() + ":" + line.line())
                .collect(Collectors.toSet());
        assertThat(silent(keepalived, "k.conf", result.yaml(), listed))
                .as(context)
                .isEmpty();
        assertThat(silent(haproxy, "h.cfg", result.yaml(), listed)).as(context).isEmpty();
        assertThat(result.toFillIn()).as(context).noneMatch(line -> line.startsWith("the written file's line"));
    }

    private static List<Generated.Line> silent(Generated source, String file, String yaml, Set<String> listed) {
        Set<String> cited = new HashSet<>();
        List<String> lines = yaml.lines().toList();
        lines.forEach(line ->
                places(line).forEach(place -> cited.add(place + " " + line.substring(0, line.indexOf(" #")))));
        return source.lines().stream()
                .filter(line -> !listed.contains(file + ":" + line.number()))
                .filter(line -> cited.stream()
                        .noneMatch(c -> c.startsWith(file + ":" + line.number() + " ") && c.contains(line.value())))
                .toList();
    }

    /** The places that the comment of a line of the cluster file names. */
    private static Set<String> places(String line) {
        Set<String> places = new HashSet<>();
        int comment = line.indexOf(" # ");
        Matcher matcher = FILE.matcher(comment < 0 || line.startsWith("#") ? "" : line.substring(comment));
        while (matcher.find()) {
            for (String number : matcher.group(2).split(", ")) {
                places.add(matcher.group(1) + ":" + number);
            }
        }
        return places;
    }
}
