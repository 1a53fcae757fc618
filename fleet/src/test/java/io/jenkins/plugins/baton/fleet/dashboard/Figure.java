package io.jenkins.plugins.baton.fleet.dashboard;

import java.util.Locale;

/** A number as Grafana writes it, by its unit. */
final class Figure {
    private Figure() {}

    /** @param unit {@code s}, {@code Bps}, {@code ops}, {@code pps}, or empty */
    static String of(double value, String unit) {
        return switch (unit) {
            case "s" -> seconds(value);
            case "Bps" -> scaled(value) + "B/s";
            case "ops" -> scaled(value) + "/s";
            case "pps" -> scaled(value) + "p/s";
            default -> scaled(value).strip();
        };
    }

    private static String seconds(double value) {
        if (value >= 60) {
            return plain(value / 60) + " min";
        }
        return value >= 1 || value == 0 ? plain(value) + " s" : plain(value * 1000) + " ms";
    }

    private static String scaled(double value) {
        if (value >= 1e6) {
            return plain(value / 1e6) + " M";
        }
        return value >= 1e4 ? plain(value / 1e3) + " k" : plain(value) + " ";
    }

    private static String plain(double value) {
        String text = String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    /** The next 1, 2 or 5 times a power of ten; 1 for nothing. */
    static double roundUp(double value) {
        if (value <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= value) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
