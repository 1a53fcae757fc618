package io.jenkins.plugins.baton.cluster.importer;

import java.util.List;
import java.util.stream.Collectors;

/** Writing YAML so that comments can stand where they belong, which no library does. */
final class Yaml {
    private Yaml() {}

    /** A text, in quotes unless it is a plain word. */
    static String text(String value) {
        if (value.matches("[A-Za-z/][A-Za-z0-9._/-]*") && !value.matches("(?i)y|n|yes|no|on|off|true|false|null")) {
            return value;
        }
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static String list(List<String> values) {
        return values.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A word that fits where the cluster file wants a name. */
    static String name(String value) {
        String fit = value.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return fit.isEmpty() ? "unnamed" : fit.substring(0, Math.min(63, fit.length()));
    }
}
