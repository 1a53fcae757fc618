package io.jenkins.plugins.baton.jenkins.history;

/** Something that a step of a build found out about a cluster. */
public interface Finding {
    /** Number of the build; 0: it was deleted. What it found out stays true. */
    int build();

    /** Of the step in its build, from 0. */
    int step();

    /** In ms since 1970. */
    long at();

    Finding withoutBuild();
}
