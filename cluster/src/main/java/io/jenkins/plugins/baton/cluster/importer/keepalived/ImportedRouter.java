package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code vrrp_instance} of one keepalived.conf.
 *
 * @param at where it stands
 * @param master whether it says {@code state MASTER}
 * @param source {@code unicast_src_ip} or {@code mcast_src_ip}: the node's own address
 * @param peers of {@code unicast_peer}; with at least one, adverts go by unicast
 * @param announceInterval {@code garp_master_refresh}; empty for Baton's default
 */
public record ImportedRouter(
        Directive at,
        String name,
        Setting<Integer> virtualRouterId,
        Setting<String> interfaceName,
        Setting<Integer> priority,
        boolean master,
        Setting<Integer> version,
        Setting<Duration> advertisementInterval,
        Setting<Boolean> preempt,
        Setting<Duration> preemptDelay,
        Setting<Optional<String>> password,
        Setting<List<Cidr>> addresses,
        Optional<Setting<InetAddress>> source,
        Setting<List<InetAddress>> peers,
        Setting<Optional<Duration>> announceInterval,
        List<Tracked> track) {

    public boolean isIpv6() {
        return addresses.value().get(0).isIpv6();
    }

    public boolean unicast() {
        return !peers.value().isEmpty();
    }

    /** Who takes part in the election as far as this file tells. */
    public Set<InetAddress> members() {
        Set<InetAddress> members = new LinkedHashSet<>();
        source.ifPresent(own -> members.add(own.value()));
        members.addAll(peers.value());
        return members;
    }

    /** Whether two instances of different files may be the same virtual router; one of them may have a wrong VRID. */
    public boolean isSameRouter(ImportedRouter other) {
        return hasVridOf(other) && isIpv6() == other.isIpv6()
                || addresses.value().equals(other.addresses.value());
    }

    public boolean hasVridOf(ImportedRouter other) {
        return virtualRouterId.value().equals(other.virtualRouterId.value());
    }

    public ImportedRouter withPreemption(Setting<Boolean> otherPreempt, Setting<Duration> otherDelay) {
        return with(name, otherPreempt, otherDelay);
    }

    public ImportedRouter named(String other) {
        return with(other, preempt, preemptDelay);
    }

    private ImportedRouter with(String otherName, Setting<Boolean> otherPreempt, Setting<Duration> otherDelay) {
        return new ImportedRouter(
                at,
                otherName,
                virtualRouterId,
                interfaceName,
                priority,
                master,
                version,
                advertisementInterval,
                otherPreempt,
                otherDelay,
                password,
                addresses,
                source,
                peers,
                announceInterval,
                track);
    }
}
