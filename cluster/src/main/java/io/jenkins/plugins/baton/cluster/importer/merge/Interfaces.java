package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.importer.keepalived.ImportedRouter;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a node's interface differs from the virtual router's. */
final class Interfaces {
    /**
     * @param ofNode by the node's name: one interface that differs, for all of its virtual routers
     * @param ofRouter by the virtual router's name and the node's: the ones that differ otherwise
     */
    record Found(Map<String, Setting<String>> ofNode, Map<String, Map<String, Setting<String>>> ofRouter) {}

    private Interfaces() {}

    /** @param fileOf by the node's name */
    static Found of(List<Routers.Joined> routers, Map<String, KeepalivedFile> fileOf, ImportNotes importNotes) {
        Map<String, Setting<String>> ofNode = new LinkedHashMap<>();
        Map<String, Map<String, Setting<String>>> ofRouter = new LinkedHashMap<>();
        fileOf.forEach((node, file) -> {
            Map<String, Setting<String>> different = new LinkedHashMap<>();
            List<Setting<String>> all = new ArrayList<>();
            for (Routers.Joined router : routers) {
                Optional<Setting<String>> here =
                        Optional.ofNullable(router.instances().get(file)).map(ImportedRouter::interfaceName);
                here.ifPresent(all::add);
                here.ifPresent(name -> {
                    if (name.value().equals(router.first().interfaceName().value())) {
                        importNotes.carried(name.at());
                    } else {
                        different.put(router.first().name(), name);
                    }
                });
            }
            boolean alike = all.stream().map(Setting::value).distinct().count() == 1 && all.size() == routers.size();
            if (!different.isEmpty() && different.size() == routers.size() && alike) {
                ofNode.put(
                        node,
                        new Setting<>(
                                all.get(0).value(),
                                all.stream().flatMap(s -> s.at().stream()).toList(),
                                ""));
            } else {
                different.forEach((router, name) -> ofRouter.computeIfAbsent(router, any -> new LinkedHashMap<>())
                        .put(node, name));
            }
        });
        return new Found(ofNode, ofRouter);
    }
}
