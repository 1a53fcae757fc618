package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.jenkins.Messages;
import java.util.List;

/**
 * How the deployed cluster file differs from the one that some nodes had.
 *
 * @param nodes that had the same file
 * @param lines beginning with {@code +} or {@code -}
 */
public record FileDifference(List<String> nodes, List<String> lines) {
    public String getTitle() {
        return Messages.FileDifference_title(String.join(", ", nodes));
    }

    /** Each line with its style. */
    public List<Cell> getLines() {
        return lines.stream()
                .map(line -> Cell.styled(line, line.startsWith("+") ? "added" : "removed"))
                .toList();
    }
}
