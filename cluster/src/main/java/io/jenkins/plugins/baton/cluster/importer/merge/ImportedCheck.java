package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import java.util.List;

/**
 * A {@code vrrp_script} that becomes a check.
 *
 * @param yaml the check as a YAML flow mapping
 * @param lines that it carries
 * @param note for its comment; empty for none
 */
record ImportedCheck(String name, String yaml, List<Directive> lines, String note) {}
