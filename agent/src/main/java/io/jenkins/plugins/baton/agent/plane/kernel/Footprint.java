package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.Lifetime;
import io.jenkins.plugins.baton.agent.linux.Link;
import io.jenkins.plugins.baton.agent.linux.Nftables;
import io.jenkins.plugins.baton.agent.linux.Rtnetlink;
import io.jenkins.plugins.baton.agent.linux.Sysctl;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the kernel plane leaves on a host: rules, the VIPs on the loopback interface, and two parameters of ARP. It
 * outlives the agent, so that connections do, and goes without a trace when it is told to.
 *
 * <p>Every node has the VIPs of the kernel plane on {@code lo}, so that a packet for a VIP is always a local one, whoever holds it. So that
 * only the holder answers for them on the segment, and nobody else's answers to clients announce them, ARP is told to
 * speak of the interface's own addresses alone. IPv6 does so by itself.
 */
final class Footprint {
    private static final String LOOPBACK = "lo";

    /** Parameters of the interface, and what they must be (ip-sysctl in the kernel's documentation). */
    private static final Map<String, String> WANTED = Map.of("arp_ignore", "1", "arp_announce", "2");

    private final Nftables nftables;
    private final Rtnetlink rtnetlink;

    Footprint(Nftables nftables, Rtnetlink rtnetlink) {
        this.nftables = nftables;
        this.rtnetlink = rtnetlink;
    }

    /** Makes the host serve this view, in the place of what an earlier agent left. */
    void install(ClusterView view) throws IOException {
        Set<InetAddress> vips = view.frontends().stream()
                .filter(frontend -> !frontend.isProxied())
                .flatMap(frontend -> frontend.vips().stream())
                .collect(Collectors.toSet());
        Memory before = Memory.parse(nftables.run(Memory.question()));
        Map<String, String> values = new HashMap<>();
        for (String parameter : WANTED.keySet()) {
            String key = view.interfaceName() + "/" + parameter;
            values.put(key, parameter(key).read());
        }
        // Remembered before it is done: should this end half-way, it can still be taken back.
        Memory memory = before.and(values, vips);
        nftables.run(memory.commands());
        for (Map.Entry<String, String> wanted : WANTED.entrySet()) {
            parameter(view.interfaceName() + "/" + wanted.getKey()).write(wanted.getValue());
        }
        for (InetAddress vip : vips) {
            rtnetlink.replaceAddress(loopback(), alone(vip), Lifetime.FOREVER);
        }
        nftables.run(Ruleset.install(view));
        for (InetAddress gone : addresses(memory)) {
            if (!vips.contains(gone)) {
                rtnetlink.removeAddress(loopback(), alone(gone));
            }
        }
        nftables.run(memory.withAddresses(vips).commands());
    }

    /** Takes everything away; connections that were served by the rules break. Also where there is nothing. */
    void remove() throws IOException {
        Memory memory = Memory.parse(nftables.run(Memory.question()));
        nftables.run(Ruleset.remove());
        for (InetAddress vip : addresses(memory)) {
            rtnetlink.removeAddress(loopback(), alone(vip));
        }
        for (Map.Entry<String, String> before : memory.parameters().entrySet()) {
            try {
                parameter(before.getKey()).write(before.getValue());
            } catch (NoSuchFileException e) {
                // The interface is gone, and its parameters with it.
            }
        }
        nftables.run(Memory.forget());
    }

    private Link loopback() throws IOException {
        return rtnetlink.link(LOOPBACK).orElseThrow(() -> new IOException("there is no interface " + LOOPBACK));
    }

    private static Sysctl parameter(String interfaceAndName) {
        String[] parts = interfaceAndName.split("/");
        return Sysctl.of("net", "ipv4", "conf", parts[0], parts[1]);
    }

    private static Iterable<InetAddress> addresses(Memory memory) {
        Stream<InetAddress> addresses = memory.addresses().stream().flatMap(text -> IpLiteral.parse(text).stream());
        return addresses::iterator;
    }

    private static Cidr alone(InetAddress address) {
        return new Cidr(address, address instanceof Inet6Address ? 128 : 32);
    }
}
