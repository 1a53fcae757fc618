package io.jenkins.plugins.baton.cluster.file.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document into a {@link YamlNode} tree.
 *
 * <p>It works on the parser's events, not on objects: only events still say where a node stands, how it was quoted and
 * that an alias is an alias. Anchors, aliases, tags and merge keys are refused, so no document grows while it is read.
 */
public final class YamlReader {
    /** The cluster file needs six. */
    private static final int DEEPEST = 20;

    private final Parser events;
    private final YamlProblems problems;

    /** Whether an alias or a merge key left a hole in the tree: what is found in it then is mostly noise. */
    private boolean hole;

    private YamlReader(String text, YamlProblems problems) {
        this.events = new ParserImpl(new StreamReader(text), new LoaderOptions());
        this.problems = problems;
    }

    /** @return the document's root, or empty when there is none to speak of; mistakes have been added then */
    public static Optional<YamlNode> read(byte[] bytes, YamlProblems problems) {
        return Utf8.decode(bytes, problems).flatMap(text -> read(text, problems));
    }

    private static Optional<YamlNode> read(String text, YamlProblems problems) {
        try {
            return new YamlReader(text, problems).document();
        } catch (TooDeep e) {
            problems.add(e.mark, "nested more than " + DEEPEST + " levels deep; a cluster file needs six");
        } catch (MarkedYAMLException e) {
            problems.add(mark(e.getProblemMark()), "not valid YAML: " + sentence(e));
        } catch (YAMLException e) {
            problems.add(
                    Mark.START,
                    "not valid YAML: " + e.getMessage().lines().findFirst().orElse("unreadable"));
        }
        return Optional.empty();
    }

    private Optional<YamlNode> document() {
        events.getEvent();
        Event first = events.getEvent();
        if (first.is(Event.ID.StreamEnd)) {
            problems.add(Mark.START, "the file is empty; it needs at least `nodes`");
            return Optional.empty();
        }
        YamlNode root = node(0);
        events.getEvent();
        Event next = events.getEvent();
        if (!next.is(Event.ID.StreamEnd)) {
            problems.add(mark(next), "a second document begins here; a cluster file is one document, without `---`");
        }
        return hole ? Optional.empty() : Optional.of(root);
    }

    private YamlNode node(int depth) {
        Event event = events.getEvent();
        if (depth > DEEPEST) {
            throw new TooDeep(mark(event));
        }
        refuseDecoration((NodeEvent) event);
        if (event instanceof ScalarEvent scalar) {
            return new YamlNode.Scalar(mark(event), scalar.getValue(), scalar.isPlain());
        }
        if (event instanceof SequenceStartEvent) {
            return sequence(mark(event), depth);
        }
        if (event instanceof MappingStartEvent) {
            return mapping(mark(event), depth);
        }
        return new YamlNode.Scalar(mark(event), "", true);
    }

    private YamlNode sequence(Mark start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        events.getEvent();
        return new YamlNode.Sequence(start, items);
    }

    private YamlNode mapping(Mark start, int depth) {
        Map<String, Mark> seen = new HashMap<>();
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node(depth + 1);
            YamlNode value = node(depth + 1);
            if (!(key instanceof YamlNode.Scalar scalar)) {
                problems.add(key.mark(), key.kind() + " stands where a key is expected; keys are words");
            } else if (scalar.plain() && scalar.text().equals("<<")) {
                hole = true;
                problems.add(key.mark(), "the merge key `<<` is not used here; write the keys out");
            } else if (seen.containsKey(scalar.text())) {
                problems.add(
                        key.mark(),
                        scalar.shown() + " is given twice, first in line "
                                + seen.get(scalar.text()).line() + "; remove one");
            } else {
                seen.put(scalar.text(), key.mark());
                entries.add(new YamlNode.Entry(key.mark(), scalar.text(), value));
            }
        }
        events.getEvent();
        return new YamlNode.Mapping(start, entries);
    }

    private void refuseDecoration(NodeEvent event) {
        if (event instanceof AliasEvent) {
            hole = true;
            problems.add(
                    mark(event),
                    "the alias *" + event.getAnchor() + ": anchors and aliases are not used here; write the value out");
        } else if (event.getAnchor() != null) {
            problems.add(
                    mark(event),
                    "the anchor &" + event.getAnchor() + ": anchors and aliases are not used here; remove it");
        } else if (tag(event) != null) {
            problems.add(mark(event), "the tag " + tag(event) + ": tags are not used here; remove it");
        }
    }

    private static String tag(NodeEvent event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private static String sentence(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "unreadable" : e.getProblem();
        String began = e.getContextMark() == null
                ? ""
                : " that began in line " + (e.getContextMark().getLine() + 1);
        String context = e.getContext() == null ? "" : " " + e.getContext() + began;
        return (problem + context).replaceAll("\\s+", " ") + "; check indentation, colons, brackets and quotes here";
    }

    private static Mark mark(Event event) {
        return mark(event.getStartMark());
    }

    private static Mark mark(org.yaml.snakeyaml.error.Mark place) {
        return place == null ? Mark.START : new Mark(place.getLine() + 1, place.getColumn() + 1);
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Mark mark;

        TooDeep(Mark mark) {
            super(null, null, false, false);
            this.mark = mark;
        }
    }
}
