package io.jenkins.plugins.baton.fleet.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines by which two texts differ. Pure. */
final class LineDiff {
    /** Values that a log must not have. */
    private static final Pattern PASSWORD = Pattern.compile("(password\\s*:\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,}]+)");

    private LineDiff() {}

    /** {@code - LINE} for those that go, {@code + LINE} for those that come, in their order; passwords are hidden. */
    static List<String> of(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
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

    private static String hidden(String line) {
        return PASSWORD.matcher(line).replaceAll("$1********");
    }
}
