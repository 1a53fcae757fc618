package io.jenkins.plugins.baton.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The relative links of the documents, and of the root's, lead to files and headings that exist. Asks no network. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern FENCE = Pattern.compile("^\\s*```");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : links(page)) {
                String[] target = link.split("#", 2);
                Path file = target[0].isEmpty() ? page : page.resolveSibling(target[0]);
                if (!Files.exists(file)) {
                    broken.add(ROOT.relativize(page) + ": there is no file " + link);
                } else if (target.length > 1 && !anchors(file).contains(target[1])) {
                    broken.add(ROOT.relativize(page) + ": there is no heading " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void anchorsAreThoseOfGitHub() {
        assertThat(anchors(List.of("# The group's secret", "## `plane: auto`, and why", "## Twice", "## Twice")))
                .containsExactlyInAnyOrder("the-groups-secret", "plane-auto-and-why", "twice", "twice-1");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .collect(Collectors.toList());
            assertThat(pages).as("documents").hasSizeGreaterThan(20);
            return pages;
        }
    }

    private static List<String> links(Path page) throws IOException {
        List<String> links = new ArrayList<>();
        for (String line : outsideOfCode(Files.readAllLines(page))) {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                if (!ELSEWHERE.matcher(link.group(1)).matches()) {
                    links.add(link.group(1));
                }
            }
        }
        return links;
    }

    private static Set<String> anchors(Path page) throws IOException {
        return anchors(Files.readAllLines(page));
    }

    /** As GitHub makes them: lower case, punctuation left out, spaces as hyphens, numbered when they come again. */
    private static Set<String> anchors(List<String> lines) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : outsideOfCode(lines)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                int times = seen.merge(anchor, 1, Integer::sum);
                anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
            }
        }
        return anchors;
    }

    private static List<String> outsideOfCode(List<String> lines) {
        List<String> outside = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            if (FENCE.matcher(line).find()) {
                code = !code;
            } else if (!code) {
                outside.add(line);
            }
        }
        return outside;
    }
}
