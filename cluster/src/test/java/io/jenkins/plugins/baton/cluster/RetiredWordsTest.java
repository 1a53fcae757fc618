package io.jenkins.plugins.baton.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One word for one thing, in the code and in all that people read: what {@code retired-words.txt} names does not return. */
class RetiredWordsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path WORDS = Path.of("src/test/resources/retired-words.txt");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules", ".jqwik-database");

    /** Files that hold an earlier word because they are about it, and what users and other programs wrote. */
    private static final Pattern ABOUT_THEM =
            Pattern.compile("retired-(words\\.txt|keys\\..*)|format-1\\.(txt|json)|.*/src/test/resources/import/.*");

    private static final Pattern TEXTS = Pattern.compile(
            ".*\\.(java|md|html|jelly|properties|js|css|json|ya?ml|sh|xml|jenkinsfile|txt|options|service|messages)"
                    + "|Makefile|Jenkinsfile|.*/(demo|bin)/[^./]+");

    private record Retired(Pattern word, String instead, Pattern kept) {
        static Retired of(String line) {
            String[] columns = line.split("\t");
            return new Retired(
                    Pattern.compile(columns[0], Pattern.CASE_INSENSITIVE),
                    columns[1],
                    Pattern.compile(columns.length > 2 ? columns[2] : "(?!)", Pattern.CASE_INSENSITIVE));
        }

        boolean isIn(String line) {
            return word.matcher(line).find()
                    && word.matcher(kept.matcher(line).replaceAll("")).find();
        }
    }

    @Test
    void noRetiredWordReturns() throws IOException {
        List<Retired> words = Files.readAllLines(WORDS).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Retired::of)
                .toList();
        List<String> found = new ArrayList<>();
        for (Path file : texts()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                for (Retired retired : words) {
                    if (retired.isIn(lines.get(i))) {
                        found.add(ROOT.relativize(file) + ":" + (i + 1) + ": write " + retired.instead() + " instead: "
                                + lines.get(i).strip());
                    }
                }
            }
        }

        assertThat(found).isEmpty();
    }

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skip = folder.getFileName() != null
                        && NOT_OURS.contains(folder.getFileName().toString());
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = "/" + ROOT.relativize(file);
                boolean about = ABOUT_THEM.matcher(path).matches()
                        || ABOUT_THEM.matcher(file.getFileName().toString()).matches();
                boolean broken = path.contains("/resources/broken/"); // not all of them are UTF-8
                if (attributes.isRegularFile()
                        && !about
                        && !broken
                        && (TEXTS.matcher(path).matches()
                                || TEXTS.matcher(file.getFileName().toString()).matches())) {
                    texts.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(texts).as("files under %s", ROOT.toAbsolutePath()).hasSizeGreaterThan(500);
        texts.sort(null);
        return texts;
    }
}
