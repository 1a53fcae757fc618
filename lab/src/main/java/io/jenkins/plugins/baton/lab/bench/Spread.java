package io.jenkins.plugins.baton.lab.bench;

import java.util.List;
import java.util.Locale;

/** Several measurements of one thing: the middle one, and how far they lie apart. */
record Spread(double median, double least, double most) {
    static Spread of(List<? extends Number> values) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** For a table: {@code 41 (38 to 55)}. */
    @Override
    public String toString() {
        return least == most ? number(median) : number(median) + " (" + number(least) + " to " + number(most) + ")";
    }

    /** The median alone, for a table. */
    String middle() {
        return number(median);
    }

    private static String number(double value) {
        if (value >= 10_000) {
            return format("%.1fk", value / 1000);
        }
        if (value == Math.rint(value) || value >= 100) {
            return format("%.0f", value);
        }
        return format(value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
