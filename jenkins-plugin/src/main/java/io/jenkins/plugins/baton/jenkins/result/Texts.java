package io.jenkins.plugins.baton.jenkins.result;

import hudson.Util;
import java.util.ArrayList;
import java.util.List;

/** Texts of nodes, cut to a length that a {@code build.xml} can have. */
final class Texts {
    private static final int MAX_CHARACTERS = 2000;

    private Texts() {}

    static String cut(String text) {
        String whole = Util.fixNull(text);
        return whole.length() <= MAX_CHARACTERS ? whole : whole.substring(0, MAX_CHARACTERS) + "…";
    }

    static ArrayList<String> cut(List<String> texts, int entries) {
        ArrayList<String> kept = new ArrayList<>();
        texts.stream().limit(entries).map(Texts::cut).forEach(kept::add);
        if (texts.size() > entries) {
            kept.add("… " + (texts.size() - entries));
        }
        return kept;
    }
}
