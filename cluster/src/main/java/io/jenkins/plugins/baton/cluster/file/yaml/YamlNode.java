package io.jenkins.plugins.baton.cluster.file.yaml;

import io.jenkins.plugins.baton.cluster.Mark;
import java.util.List;

/** A node of the tree, with the place where it begins. */
public sealed interface YamlNode {
    Mark mark();

    /** What a person calls it, with its article. */
    String kind();

    /**
     * @param text exactly what the file says, without quotes: nothing is turned into numbers, booleans or dates here
     * @param plain whether it stands without quotes
     */
    record Scalar(Mark mark, String text, boolean plain) implements YamlNode {
        private static final int MAX_SHOWN = 60;

        @Override
        public String kind() {
            return isEmpty() ? "nothing" : "a single value";
        }

        /** A key that is followed by nothing, {@code ~} or {@code null}. */
        public boolean isEmpty() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        /** The text as messages show it: in quotes, short, without characters that a terminal hides or obeys, and without a URL's password. */
        public String shown() {
            String printable = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?")
                    .replaceAll("//[^/@]*@", "//****@");
            boolean fits = printable.length() <= MAX_SHOWN;
            return "'" + (fits ? printable : printable.substring(0, MAX_SHOWN) + "…") + "'";
        }
    }

    record Sequence(Mark mark, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** @param entries keys are unique */
    record Mapping(Mark mark, List<Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Entry(Mark keyMark, String key, YamlNode value) {}
}
