package io.jenkins.plugins.baton.cluster.file.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one YAML document into a {@link YamlNode} tree.
 *
 * <p>It works on the parser's tokens, not on objects: only tokens still say where a node stands and that an alias is an
 * alias. How a node is quoted, tagged and anchored stands in the text where its token begins. Anchors, aliases, tags
 * and merge keys are refused, so no document grows while it is read.
 */
public final class YamlReader {
    /** The cluster file needs six. */
    private static final int DEEPEST = 20;

    private static final String EMPTY = "the file is empty; it needs at least `nodes`";

    /** The parser would end at a hexadecimal number of more than a thousand digits; to us it is a text like any other. */
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final SourceCharacters source;
    private final YAMLParser parser;
    private final Problems problems;

    /** Whether an alias or a merge key left a hole in the tree: what is found in it then is mostly noise. */
    private boolean hole;

    private YamlReader(String text, Problems problems) throws IOException {
        this.source = new SourceCharacters(text);
        this.parser = FACTORY.createParser(text);
        this.problems = problems;
    }

    /** @return the document's root, or empty when there is none to speak of; mistakes have been added then */
    public static Optional<YamlNode> read(byte[] bytes, Problems problems) {
        return Utf8.decode(bytes, problems).flatMap(text -> read(text, problems));
    }

    private static Optional<YamlNode> read(String text, Problems problems) {
        try {
            return new YamlReader(text, problems).document();
        } catch (Unreadable e) {
            problems.add(e.mark, e.getMessage());
        } catch (JacksonYAMLParseException e) {
            SyntaxError.report(e, text, problems);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
        return Optional.empty();
    }

    private Optional<YamlNode> document() throws IOException {
        if (parser.nextToken() == null) {
            problems.add(Mark.START, EMPTY);
            return Optional.empty();
        }
        YamlNode root = node(0);
        if (root instanceof YamlNode.Scalar nothing && nothing.isEmpty() && !hole) {
            problems.add(Mark.START, EMPTY);
            return Optional.empty();
        }
        if (parser.nextToken() != null) {
            Mark second = mark();
            problems.add(
                    source.documentMarker(second.line()).orElse(second),
                    "a second document begins here; a cluster file is one document, without `---`");
        }
        return hole ? Optional.empty() : Optional.of(root);
    }

    /** The node that begins with the current token. */
    private YamlNode node(int depth) throws IOException {
        refuseDepth(depth);
        refuseDecoration();
        if (parser.isCurrentAlias()) {
            return new YamlNode.Scalar(mark(), "", true);
        }
        return switch (parser.currentToken()) {
            case START_ARRAY -> sequence(mark(), depth);
            case START_OBJECT -> mapping(mark(), depth);
            default -> scalar();
        };
    }

    private YamlNode.Scalar scalar() throws IOException {
        return new YamlNode.Scalar(mark(), wholeCharacters(parser.getText()), !source.isQuoted(offset()));
    }

    /** An escape in double quotes can name half of a character, which no file name and no argument of a program can hold. */
    private String wholeCharacters(String text) {
        int half = text.codePoints()
                .filter(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                .findFirst()
                .orElse(0);
        if (half == 0) {
            return text;
        }
        problems.add(
                mark(), String.format("the escape \\u%04X is half of a character; write the character itself", half));
        return text.replaceAll("\\p{Cs}", "?");
    }

    private YamlNode sequence(Mark start, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new YamlNode.Sequence(start, items);
    }

    private YamlNode mapping(Mark start, int depth) throws IOException {
        Map<String, Mark> seen = new HashMap<>();
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (nextKey() != JsonToken.END_OBJECT) {
            refuseDepth(depth + 1);
            refuseDecoration();
            YamlNode.Scalar key = scalar();
            parser.nextToken();
            YamlNode value = node(depth + 1);
            if (key.plain() && key.text().equals("<<")) {
                hole = true;
                problems.add(key.mark(), "the merge key `<<` is not used here; write the keys out");
            } else if (seen.containsKey(key.text())) {
                problems.add(
                        key.mark(),
                        key.shown() + " is given twice, first in line "
                                + seen.get(key.text()).line() + "; remove one");
            } else {
                seen.put(key.text(), key.mark());
                entries.add(new YamlNode.Entry(key.mark(), key.text(), value));
            }
        }
        return new YamlNode.Mapping(start, entries);
    }

    /** The parser takes scalars alone for keys and ends at anything else. */
    private JsonToken nextKey() throws IOException {
        try {
            return parser.nextToken();
        } catch (JacksonYAMLParseException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw switch (source.at(offset())) {
                case '*' -> new Unreadable(mark(), alias());
                case '&' -> new Unreadable(mark(), anchor());
                case '[', '-' -> new Unreadable(mark(), "a list stands where a key is expected; keys are words");
                default -> new Unreadable(mark(), "a mapping stands where a key is expected; keys are words");
            };
        }
    }

    private void refuseDepth(int depth) {
        if (depth > DEEPEST) {
            throw new Unreadable(mark(), "nested more than " + DEEPEST + " levels deep; a cluster file needs six");
        }
    }

    private void refuseDecoration() {
        if (parser.isCurrentAlias()) {
            hole = true;
            problems.add(mark(), alias());
        } else if (source.at(offset()) == '&') {
            problems.add(mark(), anchor());
        } else if (source.at(offset()) == '!') {
            problems.add(mark(), "the tag " + source.word(offset()) + ": tags are not used here; remove it");
        }
    }

    private String alias() {
        return "the alias " + source.word(offset()) + ": anchors and aliases are not used here; write the value out";
    }

    private String anchor() {
        return "the anchor " + source.word(offset()) + ": anchors and aliases are not used here; remove it";
    }

    private Mark mark() {
        JsonLocation place = parser.currentTokenLocation();
        return new Mark(place.getLineNr(), place.getColumnNr());
    }

    private int offset() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    /** Nothing after it can be read. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Mark mark;

        Unreadable(Mark mark, String message) {
            super(message, null, false, false);
            this.mark = mark;
        }
    }
}
