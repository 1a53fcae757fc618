package io.jenkins.plugins.baton.cluster.importer;

/**
 * A file to import from.
 *
 * @param name as messages name it
 */
public record SourceText(String name, String text) {}
