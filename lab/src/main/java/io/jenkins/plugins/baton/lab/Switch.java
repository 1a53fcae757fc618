package io.jenkins.plugins.baton.lab;

import java.util.ArrayList;
import java.util.List;

/** The switch between the hosts: a bridge in a namespace of its own, which this machine's own rules do not touch. */
public final class Switch {
    private static final String BRIDGE = "br0";

    private final String namespace;

    Switch(String namespace) {
        this.namespace = namespace;
        Command.run("ip", "netns", "add", namespace).orThrow();
        // Multicast snooping without a querier would swallow IPv6 adverts.
        Ip.batch(
                namespace,
                List.of(
                        "link add name " + BRIDGE + " type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
                        "link set dev " + BRIDGE + " up"));
    }

    String namespace() {
        return namespace;
    }

    /** Lays a cable from a new port, named like the host, to the host's interface eth0. */
    void connect(String host, String hostNamespace) {
        Ip.batch(
                namespace,
                List.of(
                        "link add name " + host + " type veth peer name " + Host.INTERFACE + " netns " + hostNamespace,
                        "link set dev " + host + " master " + BRIDGE + " up"));
    }

    /** The port goes down: the host sees its carrier go. */
    public void portDown(Host host) {
        Ip.batch(namespace, List.of("link set dev " + host.name() + " down"));
    }

    public void portUp(Host host) {
        Ip.batch(namespace, List.of("link set dev " + host.name() + " up"));
    }

    /** The host's frames are lost without a trace: its carrier stays. */
    public void isolate(Host host) {
        Ip.batch(namespace, List.of("link set dev " + host.name() + " nomaster"));
    }

    public void rejoin(Host host) {
        Ip.batch(namespace, List.of("link set dev " + host.name() + " master " + BRIDGE));
    }

    /** No frame passes between a host of the one side and a host of the other; replaces an earlier partition. */
    public void partition(List<Host> oneSide, List<Host> otherSide) {
        heal();
        List<String> rules = new ArrayList<>();
        for (Host one : oneSide) {
            for (Host other : otherSide) {
                rules.add("iifname \"" + one.name() + "\" oifname \"" + other.name() + "\" drop");
                rules.add("iifname \"" + other.name() + "\" oifname \"" + one.name() + "\" drop");
            }
        }
        String table = "table bridge partition {\nchain forward {\ntype filter hook forward priority 0;\n"
                + String.join("\n", rules) + "\n}\n}\n";
        Command.run(List.of("ip", "netns", "exec", namespace, "nft", "-f", "-"), table)
                .orThrow();
    }

    /** Ends a partition, if there is one. */
    public void heal() {
        // Declaring the table first makes the deletion right in both cases.
        String table = "table bridge partition\ndelete table bridge partition\n";
        Command.run(List.of("ip", "netns", "exec", namespace, "nft", "-f", "-"), table)
                .orThrow();
    }
}
