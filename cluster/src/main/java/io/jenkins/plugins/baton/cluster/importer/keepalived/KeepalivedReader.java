package io.jenkins.plugins.baton.cluster.importer.keepalived;

import static java.util.Map.entry;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import io.jenkins.plugins.baton.cluster.importer.text.Surplus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one node's keepalived.conf. */
public final class KeepalivedReader {
    private static final int MAX_REASONS = 10;
    static final String NOTIFY = "Baton tells by JMX notifications, its log and `baton-agent status --watch`";
    static final String PACING = "Baton announces by a pattern of its own; see announceInterval";
    private static final String LVS = "LVS is another data plane; write the service as a frontend";
    private static final String NAMESPACE = "the agent works in the network namespace that its unit gives it; add"
            + " NetworkNamespacePath= to the unit, by systemctl edit baton-agent";
    private static final String GROUP =
            "Baton's adverts go to the standard group only, so agents and keepalived do not hear"
                    + " each other as long as it is set; remove it on all nodes before the first agent starts";

    private static final Map<String, String> BLOCKS = Map.of(
            "virtual_server", LVS,
            "virtual_server_group", LVS,
            "vrrp_sync_group", "Baton has no groups; addresses that move together belong in one virtual router",
            "vrrp_track_process", "a check of type tcp, https or script does what it is for",
            "track_process", "a check of type tcp, https or script does what it is for",
            "vrrp_track_file", "write a check of type script that tests the file instead",
            "track_file", "write a check of type script that tests the file instead",
            "static_ipaddress", "configure fixed addresses in the system's network configuration",
            "static_routes", "configure routes in the system's network configuration",
            "net_namespace", NAMESPACE);

    private static final Map<String, String> GLOBALS = Map.ofEntries(
            entry("notification_email", NOTIFY),
            entry("notification_email_from", NOTIFY),
            entry("smtp_server", NOTIFY),
            entry("smtp_connect_timeout", NOTIFY),
            entry("smtp_alert", NOTIFY),
            entry(
                    "script_user",
                    "the agent runs programs as its own user, baton; keepalived's own default is"
                            + " keepalived_script since 1.3, if that user exists, and root before"),
            entry("enable_script_security", "the agent's user cannot do what this guards against"),
            entry("vrrp_skip_check_adv_addr", "every advert is checked whole"),
            entry("vrrp_mcast_group4", GROUP),
            entry("vrrp_mcast_group6", GROUP),
            entry("net_namespace", NAMESPACE),
            entry("vrrp_priority", "the agent's VRRP thread is real-time by itself"),
            entry("vrrp_rt_priority", "the agent's VRRP thread is real-time by itself"),
            entry("max_auto_priority", "the agent's VRRP thread is real-time by itself"),
            entry("vrrp_no_swap", "the agent locks its memory by itself"));

    private final ImportNotes importNotes;
    private final List<VrrpScript> scripts = new ArrayList<>();
    private Optional<Directive> routerId = Optional.empty();
    private Setting<Integer> version = Setting.byDefault(2, "keepalived's default");
    private Optional<Setting<String>> interfaceName = Optional.empty();
    private Optional<Directive> strict = Optional.empty();
    private Setting<Optional<Duration>> announceInterval = Setting.byDefault(Optional.empty(), "");

    private KeepalivedReader(ImportNotes importNotes) {
        this.importNotes = importNotes;
    }

    public static KeepalivedFile read(SourceText source, ImportNotes importNotes, Problems problems) {
        List<Directive> directives = KeepalivedSyntax.parse(source, importNotes, problems);
        return new KeepalivedReader(importNotes).read(source, directives, problems);
    }

    private KeepalivedFile read(SourceText source, List<Directive> directives, Problems problems) {
        // Instances refer to scripts and to global definitions, wherever those stand.
        directives.forEach(this::surroundings);
        GlobalDefaults defaults = new GlobalDefaults(version, interfaceName, strict, announceInterval);
        List<ImportedRouter> routers = new ArrayList<>();
        List<Directive> instances = directives.stream()
                .filter(d -> d.name().equals("vrrp_instance"))
                .toList();
        Map<String, Directive> names = new HashMap<>();
        for (Directive instance : instances) {
            Directive first = names.putIfAbsent(instance.value(), instance);
            if (first == null) {
                InstanceReader.read(instance, defaults, importNotes).ifPresent(routers::add);
            } else {
                importNotes.notCarriedWhole(
                        instance,
                        "keepalived takes the first vrrp_instance of a name only, that of line " + first.line()
                                + "; give it another name, or a file of its own if it is another node's");
            }
        }
        if (!problems.none()) {
            return new KeepalivedFile(
                    source.name(), directives, routerId, routers, scripts); // what is missing may be there
        }
        if (instances.isEmpty()) {
            problems.add(Mark.START, "there is no vrrp_instance; is this a keepalived.conf?");
        } else if (routers.isEmpty()) {
            for (Directive instance : instances) {
                problems.add(
                        instance.mark(),
                        "vrrp_instance " + instance.value() + ": " + InstanceReader.NEEDED
                                + " that can be read are needed; write what is missing. "
                                + importNotes.reasons(instance).stream()
                                        .limit(MAX_REASONS)
                                        .collect(Collectors.joining("; ")));
            }
        }
        return new KeepalivedFile(source.name(), directives, routerId, routers, scripts);
    }

    private void surroundings(Directive directive) {
        switch (directive.name()) {
            case "vrrp_instance" -> {}
            case "vrrp_script" -> ScriptReader.read(directive, importNotes).ifPresent(scripts::add);
            case "global_defs" -> {
                importNotes.carried(directive);
                Surplus.reportBlock(directive, 1, importNotes);
                directive.children().forEach(this::global);
            }
            default -> {
                tellOfNamespace(directive);
                importNotes.notCarriedWhole(
                        directive, BLOCKS.getOrDefault(directive.name(), "Baton has no counterpart"));
            }
        }
    }

    private void tellOfNamespace(Directive directive) {
        if (directive.name().equals("net_namespace")) {
            importNotes.fillIn(directive.place() + ": keepalived works in network namespace " + directive.value() + "; "
                    + NAMESPACE);
        }
    }

    private void global(Directive directive) {
        switch (directive.name()) {
            case "vrrp_version" -> version = Versions.of(directive, version, importNotes);
            case "default_interface" -> interfaceName = Optional.of(Setting.of(directive.value(), directive));
            case "vrrp_garp_master_refresh" -> announceInterval = AnnounceIntervals.of(directive, importNotes);
            case "router_id" -> {
                routerId = Optional.of(directive);
                importNotes.notCarried(
                        directive, "nodes are known by their names; looked at to learn which node this file is of");
            }
            case "vrrp_strict" -> {
                strict = Optional.of(directive);
                importNotes.notCarried(directive, "Baton always keeps to the RFC, and sets no packet filter");
            }
            default -> {
                tellOfNamespace(directive);
                if (directive.name().startsWith("vrrp_mcast_group")) {
                    importNotes.fillIn(directive.place() + ": " + GROUP);
                }
                String otherwise =
                        directive.name().contains("garp") || directive.name().contains("gna")
                                ? PACING
                                : "it changes nothing for Baton";
                importNotes.notCarriedWhole(directive, GLOBALS.getOrDefault(directive.name(), otherwise));
            }
        }
    }
}
