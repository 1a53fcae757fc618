package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code global_defs} says for all instances.
 *
 * @param interfaceName {@code default_interface}
 * @param strict {@code vrrp_strict}, which takes authentication away
 * @param announceInterval {@code vrrp_garp_master_refresh}
 */
record GlobalDefaults(
        Setting<Integer> version,
        Optional<Setting<String>> interfaceName,
        Optional<Directive> strict,
        Setting<Optional<Duration>> announceInterval) {}
