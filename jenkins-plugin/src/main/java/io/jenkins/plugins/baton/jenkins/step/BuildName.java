package io.jenkins.plugins.baton.jenkins.step;

import hudson.model.Run;
import jenkins.model.Jenkins;

/** How others, on whatever machine, find a build. */
final class BuildName {
    private BuildName() {}

    /** As {@code the build deploy #12 on https://jenkins.example/}. */
    static String of(Run<?, ?> build) {
        String url = Jenkins.get().getRootUrl();
        return "the build " + build.getFullDisplayName() + (url == null ? "" : " on " + url);
    }
}
