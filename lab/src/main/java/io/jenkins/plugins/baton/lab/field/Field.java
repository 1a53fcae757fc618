package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.LabException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the cases of the field and prints a table. Arguments: the agent's distribution; the operator's program; a regular
 * expression for the lines to run. The exit code is 1 when a line is not as promised.
 */
public final class Field {
    private static final String ROW = "%-58s %-52s %8s %6s %9s  %-70s %s%n";

    private boolean kept = true;

    private Field() {}

    public static void main(String[] arguments) {
        Pattern wanted = Pattern.compile(arguments.length > 2 ? arguments[2] : "");
        try {
            Programs programs = new Programs(
                    new Agent(Path.of(arguments[0])), Path.of(arguments[1]).toAbsolutePath());
            System.exit(new Field().isKept(programs, wanted) ? 0 : 1);
        } catch (LabException e) {
            System.err.println("field: " + e.getMessage());
            System.exit(1);
        }
    }

    private boolean isKept(Programs programs, Pattern wanted) {
        print("what", "done how", "connects", "failed", "served, s", "said what", "verdict");
        new FieldRun(programs, this::print)
                .run(
                        Stream.concat(FieldGroups.ofAgents().stream(), FieldGroups.ofFleets().stream())
                                .toList(),
                        one -> wanted.matcher(one.what() + " " + one.how()).find());
        return kept;
    }

    private void print(FieldCase<?> one, CaseResult finding) {
        kept &= finding.trouble().isEmpty();
        print(
                one.what(),
                one.how(),
                finding.connects() == 0 ? "" : finding.connects(),
                finding.connects() == 0 ? "" : finding.failed(),
                finding.served().map(Field::seconds).orElse(""),
                finding.said().strip().replaceAll("\\s+", " "),
                finding.trouble().map(trouble -> "NOT MET: " + trouble).orElse("met"));
    }

    private static String seconds(Duration time) {
        return "%.2f".formatted(time.toMillis() / 1000.0);
    }

    private static void print(Object... cells) {
        System.out.printf(ROW, cells);
    }
}
