package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Testbed;
import java.util.List;
import java.util.function.Function;

/**
 * Cases that share a testbed, one after the other.
 *
 * @param open makes the testbed, all well; a new one follows a case that failed
 * @param <B> the testbed
 */
public record FieldGroup<B extends Testbed>(Function<Programs, B> open, List<FieldCase<B>> cases) {}
