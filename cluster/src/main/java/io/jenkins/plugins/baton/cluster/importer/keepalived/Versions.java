package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;

/** The VRRP version of {@code vrrp_version} and {@code version}. */
final class Versions {
    private Versions() {}

    static Setting<Integer> of(Directive line, Setting<Integer> otherwise, ImportNotes importNotes) {
        if (line.value().matches("[23]")) {
            return Setting.of(Integer.parseInt(line.value()), line);
        }
        importNotes.notCarried(line, "VRRP has versions 2 and 3; " + otherwise.value() + " was taken");
        return otherwise;
    }
}
