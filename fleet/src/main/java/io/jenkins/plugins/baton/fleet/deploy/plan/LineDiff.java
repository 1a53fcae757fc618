package io.jenkins.plugins.baton.fleet.deploy.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines by which two texts differ. Pure. */
final class LineDiff {
    /** Values that a log must not have. Of a plain one, whose end depends on what is around it, all the line goes. */
    private static final Pattern PASSWORD =
            Pattern.compile("(password[\"']?\\s*:\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*'|\\S.*)");

    /** Beyond this, all of the part that differs is old and new: a table of it would not fit into memory. */
    private static final long MAX_COMPARISONS = 4_000_000;

    private LineDiff() {}

    /** {@code - LINE} for those that go, {@code + LINE} for those that come, in their order; passwords are hidden. */
    static List<String> of(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        int same = 0;
        while (same < Math.min(a.size(), b.size()) && a.get(same).equals(b.get(same))) {
            same++;
        }
        int sameEnd = 0;
        while (sameEnd < Math.min(a.size(), b.size()) - same
                && a.get(a.size() - 1 - sameEnd).equals(b.get(b.size() - 1 - sameEnd))) {
            sameEnd++;
        }
        return differing(a.subList(same, a.size() - sameEnd), b.subList(same, b.size() - sameEnd));
    }

    private static List<String> differing(List<String> a, List<String> b) {
        if ((long) a.size() * b.size() > MAX_COMPARISONS) {
            List<String> all = new ArrayList<>();
            a.forEach(line -> all.add("- " + hidden(line)));
            b.forEach(line -> all.add("+ " + hidden(line)));
            return all;
        }
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                i++;
                j++;
            } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + hidden(a.get(i++)));
            } else {
                lines.add("+ " + hidden(b.get(j++)));
            }
        }
        return lines;
    }

    /** The text without the values that a page or a log must not have. */
    static String shown(String text) {
        return hidden(text);
    }

    private static String hidden(String line) {
        return PASSWORD.matcher(line).replaceAll("$1********");
    }
}
