package io.jenkins.plugins.baton.cluster.importer.text;

import java.util.List;
import java.util.regex.Pattern;

/** Passwords in command lines: messages go to terminals and build logs, where they do not belong. */
public final class Secrets {
    /** What stays is in the first group. */
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("(?i)(authorization:\\s*)[^'\"]+"),
            Pattern.compile("((?:^|\\s)(?:-u|--user|--proxy-user)[= ]?['\"]?[^\\s:'\"]+:)[^\\s'\"]+"),
            Pattern.compile("(?i)((?:^|\\s)--?(?:pass|passwd|password|token)[= ])\\S+"),
            Pattern.compile("(?i)(\\b\\w*(?:password|passwd|_pwd|token|secret)=)\\S+"),
            Pattern.compile("((?:^|\\s)-p)(?![0-9])\\S+"),
            Pattern.compile("(://[^/\\s:@]+:)[^/\\s@]+(?=@)"));

    private Secrets() {}

    /** The text with stars where a password seems to be. */
    public static String masked(String text) {
        String masked = text;
        for (Pattern pattern : PATTERNS) {
            masked = pattern.matcher(masked).replaceAll("$1****");
        }
        return masked;
    }
}
