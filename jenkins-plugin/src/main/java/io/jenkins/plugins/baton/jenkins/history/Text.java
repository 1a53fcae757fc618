package io.jenkins.plugins.baton.jenkins.history;

import hudson.Util;

/** Texts that came from nodes and files, short enough to be kept for each job and cluster. */
final class Text {
    private static final int MAX_NAME = 200;
    private static final int MAX_SENTENCE = 400;

    private Text() {}

    static String name(String text) {
        return bounded(text, MAX_NAME);
    }

    static String sentence(String text) {
        return bounded(text, MAX_SENTENCE);
    }

    private static String bounded(String text, int length) {
        String given = Util.fixNull(text);
        return given.length() <= length ? given : given.substring(0, length - 1) + "…";
    }
}
