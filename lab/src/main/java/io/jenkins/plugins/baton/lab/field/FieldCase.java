package io.jenkins.plugins.baton.lab.field;

import java.util.function.Function;

/**
 * One thing that happens to a node in the field.
 *
 * @param what happens, as an operator would tell it
 * @param how it is done here
 * @param brief whether it is part of the tests' short form: it takes a few seconds
 * @param experiment does it on the testbed, waits for what must come of it, and puts the testbed right again
 * @param <B> the testbed
 */
public record FieldCase<B>(String what, String how, boolean brief, Function<B, CaseResult> experiment) {

    /** A case of the short form. */
    public static <B> FieldCase<B> brief(String what, String how, Function<B, CaseResult> experiment) {
        return new FieldCase<>(what, how, true, experiment);
    }

    /** A case that only the whole table has. */
    public static <B> FieldCase<B> whole(String what, String how, Function<B, CaseResult> experiment) {
        return new FieldCase<>(what, how, false, experiment);
    }
}
