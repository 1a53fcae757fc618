package io.jenkins.plugins.baton.cluster.importer;

/**
 * A {@code vrrp_script} that becomes a check.
 *
 * @param yaml the check as a YAML flow mapping
 * @param place where it came from
 */
record ImportedCheck(String name, String yaml, String place) {}
