package io.jenkins.plugins.baton.agent.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What happened in a world, one line each. */
public final class Story {
    /** Put into words only when somebody reads it. */
    private record Line(long at, Object who, Object what) {
        @Override
        public String toString() {
            return String.format("%11.3f ms  %-8s %s", at / 1e6, who, what);
        }
    }

    private final List<Line> lines = new ArrayList<>();

    /** @param at nanoseconds since the world began */
    public void add(long at, Object who, Object what) {
        lines.add(new Line(at, who, what));
    }

    public List<String> lines() {
        return lines.stream().map(Line::toString).toList();
    }

    /** The last ones when there are more. */
    public String last(int most) {
        return lines.subList(Math.max(0, lines.size() - most), lines.size()).stream()
                .map(Line::toString)
                .collect(Collectors.joining("\n"));
    }
}
