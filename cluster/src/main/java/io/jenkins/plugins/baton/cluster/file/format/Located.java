package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Mark;

/** A value and the place where it was read. */
public record Located<T>(Mark mark, T value) {}
