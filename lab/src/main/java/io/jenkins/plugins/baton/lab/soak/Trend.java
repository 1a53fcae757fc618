package io.jenkins.plugins.baton.lab.soak;

import java.util.List;

/**
 * The line that fits best through the second half of measured values (least squares): what a quantity does once the beginning
 * is over. Pure.
 *
 * @param mean of the second half
 * @param rise of the line from the middle to the end, in the unit of the values
 * @param noise the standard deviation of the values about the line
 */
public record Trend(double mean, double rise, double noise) {
    /** Below this part of the mean a rise is none: memory is measured in pages, connections come and go. */
    private static final double NEGLIGIBLE = 0.03;

    /** A line through noise alone rises by more than this many standard deviations in one of some hundred cases. */
    private static final double SIGMAS = 2.5;

    private static final int LEAST = 4;

    /** @param values at equal intervals */
    static Trend of(List<Double> values) {
        List<Double> half = values.subList(values.size() / 2, values.size());
        int n = half.size();
        double mean = half.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        if (n < LEAST) {
            return new Trend(mean, 0, 0);
        }
        double middle = (n - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            products += (i - middle) * (half.get(i) - mean);
            squares += (i - middle) * (i - middle);
        }
        double slope = products / squares;
        double residuals = 0;
        for (int i = 0; i < n; i++) {
            double off = half.get(i) - mean - slope * (i - middle);
            residuals += off * off;
        }
        return new Trend(mean, slope * (n - 1), Math.sqrt(residuals / (n - 2)));
    }

    /**
     * Whether it does not grow. That something shrinks is no leak.
     *
     * @param negligible a rise that says nothing, in the unit of the values
     */
    boolean isFlat(double negligible) {
        return rise <= Math.max(negligible, Math.max(SIGMAS * noise, NEGLIGIBLE * Math.abs(mean)));
    }
}
