package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Testbed;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Runs the cases of groups that are wanted; a case that fails costs the others nothing but a new testbed. */
public final class FieldRun {
    private final Programs programs;
    private final BiConsumer<FieldCase<?>, CaseResult> listener;

    /** @param listener hears what came of each case, at once */
    public FieldRun(Programs programs, BiConsumer<FieldCase<?>, CaseResult> listener) {
        this.programs = programs;
        this.listener = listener;
    }

    public void run(List<FieldGroup<?>> groups, Predicate<FieldCase<?>> wanted) {
        groups.forEach(group -> run(group, wanted));
    }

    private <B extends Testbed> void run(FieldGroup<B> group, Predicate<FieldCase<?>> wanted) {
        Optional<B> testbed = Optional.empty();
        try {
            for (FieldCase<B> one : group.cases().stream().filter(wanted).toList()) {
                if (testbed.isEmpty()) {
                    testbed = open(group, one);
                }
                if (testbed.isPresent() && !isKept(one, testbed.get())) {
                    testbed.get().close();
                    testbed = Optional.empty();
                }
            }
        } finally {
            testbed.ifPresent(Testbed::close);
        }
    }

    private <B extends Testbed> Optional<B> open(FieldGroup<B> group, FieldCase<B> one) {
        try {
            return Optional.of(group.open().apply(programs));
        } catch (RuntimeException e) {
            listener.accept(one, CaseResult.saying("").but("no testbed: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private <B extends Testbed> boolean isKept(FieldCase<B> one, B testbed) {
        CaseResult finding;
        try {
            finding = one.experiment().apply(testbed);
        } catch (RuntimeException e) {
            finding = CaseResult.saying("").but(e.getMessage());
        }
        listener.accept(one, finding);
        finding.trouble().ifPresent(trouble -> System.err.println(one.what() + ": " + trouble + "\n" + testbed.logs()));
        return finding.trouble().isEmpty();
    }
}
