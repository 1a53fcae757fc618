package io.jenkins.plugins.baton.lab.systemd;

import io.jenkins.plugins.baton.lab.AddressPlan;
import java.util.List;

/**
 * One Ethernet segment: a bridge in a network namespace, and namespaces that are plugged into it. Names of namespaces
 * begin with the lab's name.
 */
final class Lan {
    private final String lab;

    Lan(String lab) {
        this.lab = lab;
    }

    void create() {
        Tool.run("ip", "netns", "add", bridge());
        Tool.run("ip", "-n", bridge(), "link", "add", "br0", "type", "bridge", "forward_delay", "0");
        Tool.run("ip", "-n", bridge(), "link", "set", "br0", "up");
    }

    /**
     * Makes a namespace with {@code eth0} on the segment, and addresses of both families.
     *
     * @param number as {@link AddressPlan} has it
     */
    void plug(String name, int number) {
        String namespace = namespace(name);
        Tool.run("ip", "netns", "add", namespace);
        Tool.run("ip", "-n", bridge(), "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        Tool.run("ip", "-n", bridge(), "link", "set", name, "master", "br0", "up");
        Tool.run("ip", "-n", namespace, "link", "set", "eth0", "addrgenmode", "none");
        Tool.run("ip", "-n", namespace, "address", "add", AddressPlan.ipv4(number) + "/24", "dev", "eth0");
        for (String ipv6 : List.of(AddressPlan.ipv6(number), AddressPlan.linkLocal(number))) {
            Tool.run("ip", "-n", namespace, "address", "add", ipv6 + "/64", "dev", "eth0", "nodad");
        }
        Tool.run("ip", "-n", namespace, "link", "set", "eth0", "up");
        Tool.run("ip", "-n", namespace, "link", "set", "lo", "up");
    }

    String namespace(String name) {
        return lab + "-" + name;
    }

    private String bridge() {
        return lab + "-lan";
    }

    /** Kills what still runs in the namespaces and removes them. */
    void remove(List<String> names) {
        for (String name : names) {
            Tool.attempt("sh", "-c", "ip netns pids \"$0\" | xargs --no-run-if-empty kill -KILL", namespace(name));
            Tool.attempt("ip", "netns", "delete", namespace(name));
        }
        Tool.attempt("ip", "netns", "delete", bridge());
    }
}
