package io.jenkins.plugins.baton.cluster.importer.text;

import java.util.List;
import java.util.stream.Collectors;

/** Writing YAML so that comments can stand where they belong, which no library does. */
public final class Yaml {
    private Yaml() {}

    /** A text, in quotes unless it is a plain word. */
    public static String text(String value) {
        return value.matches("[A-Za-z/][A-Za-z0-9._/-]*")
                        && !value.matches("(?i)y|n|yes|no|on|off|true|false|null|none")
                ? value
                : quoted(value);
    }

    /** Always in quotes, with YAML's escapes for what cannot stand in them (YAML 1.2, section 5.7). */
    public static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' '
                    || c >= 0x7F && c < 0xA0
                    || c == 0x2028
                    || c == 0x2029
                    || c >= 0xD800 && c < 0xE000
                    || c >= 0xFFFE) {
                text.append(String.format("\\U%08x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }

    public static String list(List<String> values) {
        return values.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A word that fits where the cluster file wants a name; two names in another script stay two. */
    public static String name(String value) {
        String ascii = value.codePoints()
                .mapToObj(c -> c < 128 ? Character.toString(c) : String.format("u%04x", c))
                .collect(Collectors.joining());
        String fit = ascii.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return fit.isEmpty() ? "unnamed" : fit.substring(0, Math.min(63, fit.length()));
    }
}
