package io.jenkins.plugins.baton.cluster.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one node's keepalived.conf. */
final class KeepalivedReader {
    private static final String NOTIFY = "Baton tells by JMX notifications, its log and `baton-agent status --watch`";
    private static final String PACING = "Baton announces by a pattern of its own; see announceInterval";

    private static final Map<String, String> BLOCKS = Map.of(
            "virtual_server", "LVS is another data plane; write the service as a frontend",
            "virtual_server_group", "LVS is another data plane; write the service as a frontend",
            "vrrp_sync_group", "Baton has no groups; addresses that move together belong in one virtual router",
            "vrrp_track_process", "Baton's agent needs no other process; write a check if something else must run",
            "vrrp_track_file", "write a check of type script instead",
            "static_ipaddress", "configure fixed addresses in the system's network configuration",
            "static_routes", "configure routes in the system's network configuration");

    private final Findings findings;
    private final List<ImportedCheck> checks = new ArrayList<>();
    private final List<ImportedRouter> routers = new ArrayList<>();
    private Optional<String> routerId = Optional.empty();
    private int version = 2;

    private KeepalivedReader(Findings findings) {
        this.findings = findings;
    }

    static KeepalivedFile read(SourceText source, Findings findings) throws ImportException {
        List<Directive> directives = KeepalivedSyntax.parse(source);
        Placeholders.refuse(directives);
        KeepalivedReader reader = new KeepalivedReader(findings);
        // Instances refer to scripts and to the global version, wherever those stand.
        directives.forEach(reader::surroundings);
        for (Directive directive : directives) {
            if (directive.name().equals("vrrp_instance")) {
                InstanceReader.read(directive, reader.version, reader.checks, findings)
                        .ifPresent(reader.routers::add);
            }
        }
        if (reader.routers.isEmpty()) {
            throw ImportException.at(
                    source.name(), 1, "there is no vrrp_instance that can be imported; is this a keepalived.conf?");
        }
        return new KeepalivedFile(source.name(), reader.routerId, reader.routers, reader.checks);
    }

    private void surroundings(Directive directive) {
        switch (directive.name()) {
            case "vrrp_instance" -> {}
            case "vrrp_script" -> ScriptReader.read(directive, findings).ifPresent(checks::add);
            case "global_defs" -> directive.children().forEach(this::global);
            default -> findings.notCarriedWhole(
                    directive, BLOCKS.getOrDefault(directive.name(), "Baton has no counterpart"));
        }
    }

    private void global(Directive directive) {
        switch (directive.name()) {
            case "vrrp_version" -> version =
                    directive.word(1).filter("3"::equals).isPresent() ? 3 : 2;
            case "router_id" -> {
                routerId = directive.word(1);
                findings.notCarried(
                        directive, "nodes are known by their names; looked at to learn which node this file is of");
            }
            case "notification_email",
                    "notification_email_from",
                    "smtp_server",
                    "smtp_connect_timeout",
                    "smtp_alert" -> findings.notCarriedWhole(directive, NOTIFY);
            case "script_user", "enable_script_security" -> findings.notCarried(
                    directive, "the agent has a user of its own and runs programs without a shell");
            case "vrrp_strict" -> findings.notCarried(
                    directive, "Baton always keeps to the RFC, and sets no packet filter");
            case "vrrp_skip_check_adv_addr" -> findings.notCarried(directive, "every advert is checked whole");
            default -> findings.notCarriedWhole(
                    directive,
                    directive.name().contains("garp") || directive.name().contains("gna")
                            ? PACING
                            : "it changes nothing for Baton");
        }
    }
}
