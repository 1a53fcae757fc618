package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Numbers;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a line of {@code track_script}: a script's name, and what holds for this instance instead of the script's own. */
final class TrackReader {
    private TrackReader() {}

    /** More than one where names stand beside each other. */
    static List<Tracked> read(Directive line, ImportNotes importNotes) {
        List<Tracked> tracked = new ArrayList<>();
        List<String> words = line.words();
        for (int i = 0; i < words.size(); i++) {
            String name = Yaml.name(words.get(i));
            if (i > 0) {
                importNotes.notCarried(
                        line,
                        words.get(i)
                                + ": keepalived reads one script in a line; it was read as the next one, as it seems"
                                + " meant");
            }
            Optional<Integer> weight = Optional.empty();
            Optional<Boolean> reverse = Optional.empty();
            if (i + 1 < words.size() && words.get(i + 1).equals("weight")) {
                OptionalInt number =
                        i + 2 < words.size() ? Numbers.parse(words.get(i + 2), -253, 253) : OptionalInt.empty();
                if (number.isEmpty()) {
                    importNotes.notCarried(
                            line, "its weight is not a number in -253..253; that of the vrrp_script was taken");
                } else {
                    weight = Optional.of(number.getAsInt());
                }
                i += 2;
                if (i + 1 < words.size() && words.get(i + 1).matches("reverse|noreverse")) {
                    reverse = Optional.of(words.get(i + 1).equals("reverse"));
                    i++;
                }
            }
            tracked.add(new Tracked(line, name, weight, reverse));
        }
        return tracked;
    }
}
