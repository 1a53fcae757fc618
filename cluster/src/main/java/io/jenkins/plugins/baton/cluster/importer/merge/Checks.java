package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.keepalived.Tracked;
import io.jenkins.plugins.baton.cluster.importer.keepalived.VrrpScript;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checks that the virtual routers track. A script that is tracked with two weights becomes two checks. */
final class Checks {
    private final Map<String, VrrpScript> scripts = new LinkedHashMap<>();
    private final Map<Variant, ImportedCheck> checks = new LinkedHashMap<>();
    private final Balancer balancer;
    private final ImportNotes importNotes;

    private record Variant(String script, int weight, boolean reverse) {}

    /** @param files of all nodes; the first one that has a script of a name is taken for all */
    Checks(List<KeepalivedFile> files, Balancer balancer, ImportNotes importNotes) {
        this.balancer = balancer;
        this.importNotes = importNotes;
        files.stream().flatMap(file -> file.scripts().stream()).forEach(this::add);
    }

    private void add(VrrpScript script) {
        VrrpScript first = scripts.putIfAbsent(script.name(), script);
        if (first == null) {
            return;
        }
        if (first.isSame(script)) {
            same(script, first);
            return;
        }
        importNotes.notCarriedWhole(
                script.block(),
                "it differs from " + first.block().place() + ", which was taken for all nodes; make them agree");
    }

    private void same(VrrpScript script, VrrpScript first) {
        for (Directive line : script.lines()) {
            Directive like = first.lines().stream()
                    .filter(other -> other.name().equals(line.name()))
                    .findFirst()
                    .orElse(first.block());
            importNotes.same(line, like);
        }
    }

    /**
     * The check for a script in {@code track_script}.
     *
     * @param router the name of the instance that tracks it
     * @return empty when there is none, which the findings then say
     */
    Optional<String> track(Tracked tracked, String router) {
        VrrpScript script = scripts.get(tracked.script());
        if (script == null) {
            importNotes.notCarried(tracked.line(), "there is no vrrp_script of this name that runs something");
            return Optional.empty();
        }
        Optional<String> refusal = ScriptCheck.refusal(script, balancer);
        if (refusal.isPresent()) {
            importNotes.notCarriedWhole(script.block(), refusal.get());
            importNotes.notCarried(tracked.line(), "its vrrp_script was not carried over; see there");
            return Optional.empty();
        }
        Variant variant = new Variant(
                script.name(),
                tracked.weight().orElse(script.weight()),
                tracked.reverse().orElse(script.reverse()));
        if (variant.weight() != script.weight()) {
            script.block()
                    .lines("weight")
                    .forEach(line -> importNotes.notCarried(
                            line,
                            "another weight holds where it is tracked, "
                                    + tracked.line().place()));
        }
        ImportedCheck check = checks.get(variant);
        if (check == null) {
            boolean taken =
                    checks.values().stream().anyMatch(other -> other.name().equals(script.name()));
            String name = taken ? Yaml.name(script.name() + "-" + router) : script.name();
            check = ScriptCheck.of(script, name, variant.weight(), variant.reverse(), importNotes);
            checks.put(variant, check);
        }
        return Optional.of(check.name());
    }

    /** All that are tracked; says of the other scripts that keepalived does not run them either. */
    List<ImportedCheck> all() {
        scripts.values().stream()
                .filter(script ->
                        checks.keySet().stream().noneMatch(v -> v.script().equals(script.name())))
                .filter(script -> ScriptCheck.refusal(script, balancer).isEmpty())
                .forEach(script -> importNotes.notCarriedWhole(
                        script.block(),
                        "no instance that was carried over tracks it, so that keepalived would not run it"));
        return new ArrayList<>(checks.values());
    }
}
