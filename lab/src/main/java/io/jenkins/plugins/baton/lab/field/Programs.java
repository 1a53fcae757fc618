package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Agent;
import java.nio.file.Path;

/**
 * The programs under test, as they are delivered.
 *
 * @param baton the operator's program, {@code fleet/target/baton/bin/baton}; there where the fleet has been built
 */
public record Programs(Agent agent, Path baton) {}
