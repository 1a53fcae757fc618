package io.jenkins.plugins.baton.cluster.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Joins the instances of several nodes' files to virtual routers. */
final class Routers {
    private Routers() {}

    static List<ImportedRouter> of(List<KeepalivedFile> files, Findings findings) {
        List<ImportedRouter> routers = new ArrayList<>();
        for (KeepalivedFile file : files) {
            for (ImportedRouter router : file.routers()) {
                Optional<ImportedRouter> first =
                        routers.stream().filter(router::isSameRouter).findFirst();
                if (first.isEmpty()) {
                    routers.add(router);
                } else {
                    compare(first.get(), router, findings);
                }
            }
        }
        return routers;
    }

    private static void compare(ImportedRouter first, ImportedRouter other, Findings findings) {
        List<String> differences = new ArrayList<>();
        differ("virtual_ipaddress", texts(first.addresses()), texts(other.addresses()), differences);
        differ("version", first.version(), other.version(), differences);
        differ("advert_int", first.advertisementInterval(), other.advertisementInterval(), differences);
        differ("authentication", first.password(), other.password(), differences);
        differ("nopreempt", first.preempt(), other.preempt(), differences);
        differ("preempt_delay", first.preemptDelay(), other.preemptDelay(), differences);
        differ("unicast_peer", first.unicast(), other.unicast(), differences);
        differ("track_script", first.track(), other.track(), differences);
        if (!differences.isEmpty()) {
            findings.fillIn(other.at().place() + ": " + String.join(", ", differences) + " differs from "
                    + first.at().place() + ", which was taken for all nodes");
        }
    }

    private static TreeSet<String> texts(List<?> values) {
        TreeSet<String> texts = new TreeSet<>();
        values.forEach(value -> texts.add(value.toString()));
        return texts;
    }

    private static void differ(String what, Object first, Object other, List<String> differences) {
        if (!Objects.equals(first, other)) {
            differences.add(what);
        }
    }
}
