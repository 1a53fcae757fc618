package io.jenkins.plugins.baton.cluster.file.yaml;

/** One mistake: where, and a sentence that says what, the value, and what to do. */
public record YamlProblem(Mark mark, String message) {}
