package io.jenkins.plugins.baton.cluster.importer.text;

import java.util.List;
import java.util.OptionalInt;

/** Whole numbers of a configuration, within what Baton allows. */
public final class Numbers {
    private Numbers() {}

    /** @return empty when it is not a whole number in the range */
    public static OptionalInt parse(String text, int least, int most) {
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(text);
        return value >= least && value <= most ? OptionalInt.of(value) : OptionalInt.empty();
    }

    /**
     * The number of a line; what is out of range is cut and listed, what is no number is listed and not taken.
     *
     * @param carried gets the line when its number was taken
     */
    public static int read(
            Directive line, int least, int most, int otherwise, List<Directive> carried, ImportNotes importNotes) {
        OptionalInt number = parse(line.value(), -999_999_999, 999_999_999);
        if (number.isEmpty()) {
            importNotes.notCarried(line, "it is not a number, and keepalived takes its default then: " + otherwise);
            return otherwise;
        }
        if (number.getAsInt() < least) {
            importNotes.notCarried(line, "it is below " + least + ", and the default is taken then: " + otherwise);
            return otherwise;
        }
        int within = Math.min(most, number.getAsInt());
        if (within != number.getAsInt()) {
            importNotes.notCarried(line, "Baton's range is " + least + ".." + most + "; " + within + " was taken");
        }
        carried.add(line);
        return within;
    }
}
