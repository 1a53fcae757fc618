package io.jenkins.plugins.baton.fleet.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What filters packets on a node.
 *
 * @param kind the program that an administrator uses there
 * @param zones of firewalld, by interface
 * @param chains of nftables that drop something and are not that program's
 */
public record Firewall(Kind kind, Map<String, String> zones, List<Chain> chains) {
    static final Firewall UNKNOWN = new Firewall(Kind.NONE, Map.of(), List.of());

    /** Which program. */
    enum Kind {
        FIREWALLD,
        UFW,
        IPTABLES,
        NONE
    }

    enum Direction {
        IN(Set.of("input", "prerouting", "ingress")),
        OUT(Set.of("output", "postrouting", "egress"));

        private final Set<String> hooks;

        Direction(Set<String> hooks) {
            this.hooks = hooks;
        }
    }

    /**
     * A base chain.
     *
     * @param drops whether its policy or a rule of it drops; else it goes on in chains that may
     */
    record Chain(String hook, String family, String table, String name, boolean drops) {
        boolean concerns(Direction direction, Traffic traffic) {
            return direction.hooks.contains(hook) && !family.equals(traffic.ipv6() ? "ip" : "ip6");
        }
    }

    public Firewall {
        zones = Map.copyOf(zones);
        chains = List.copyOf(chains);
    }

    /**
     * @param programs lines {@code firewalld INTERFACE ZONE}, {@code ufw}, {@code iptables}
     * @param chains lines {@code HOOK FAMILY TABLE CHAIN drop|jump}
     */
    public static Firewall parse(List<String> programs, List<String> chains) {
        List<String[]> words = programs.stream().map(line -> line.split(" ")).toList();
        Set<String> names = words.stream().map(line -> line[0]).collect(Collectors.toSet());
        Map<String, String> zones = words.stream()
                .filter(line -> line.length > 2)
                .collect(Collectors.toMap(line -> line[1], line -> line[2], (a, b) -> a));
        List<Chain> found = chains.stream()
                .map(line -> line.split(" "))
                .filter(line -> line.length == 5)
                .map(line -> new Chain(line[0], line[1], line[2], line[3], line[4].equals("drop")))
                .toList();
        if (names.contains("firewalld")) {
            return new Firewall(
                    Kind.FIREWALLD,
                    zones,
                    found.stream()
                            .filter(chain -> chain.drops && !chain.table.equals("firewalld"))
                            .toList());
        }
        if (names.contains("ufw")) {
            return new Firewall(
                    Kind.UFW,
                    zones,
                    found.stream()
                            .filter(chain -> chain.drops && !chain.table.equals("filter"))
                            .toList());
        }
        List<Chain> dropping = found.stream().filter(Chain::drops).toList();
        return new Firewall(
                names.contains("iptables") ? Kind.IPTABLES : Kind.NONE, zones, dropping.isEmpty() ? found : dropping);
    }

    /** One sentence with the commands that let this through. */
    String remedy(Direction direction, String interfaceName, Collection<Traffic> traffic) {
        List<String> commands = new ArrayList<>(
                switch (kind) {
                    case FIREWALLD -> firewalld(direction, interfaceName, traffic);
                    case UFW -> ufw(direction, traffic);
                    case IPTABLES, NONE -> List.<String>of();
                });
        List<String> rules = nftables(direction, traffic);
        commands.addAll(rules);
        if (commands.isEmpty() && kind == Kind.IPTABLES) {
            commands.addAll(iptables(direction, traffic));
        }
        if (commands.isEmpty()) {
            return "Neither firewalld nor ufw runs there, and no chain of nftables that drops was found; look at "
                    + "`nft list ruleset` and `iptables-save`, and accept it there";
        }
        String who = switch (kind) {
            case FIREWALLD ->
                "firewalld runs there"
                        + (zones.containsKey(interfaceName)
                                ? " (" + interfaceName + " is in zone " + zones.get(interfaceName) + ")"
                                : "");
            case UFW -> "ufw runs there";
            case IPTABLES -> rules.isEmpty() ? "It has rules of iptables" : "It has rules of nftables";
            case NONE -> "It has rules of nftables";
        };
        return who + "; this opens it: "
                + commands.stream().map(c -> "`" + c + "`").collect(Collectors.joining(" and "))
                + (kind == Kind.FIREWALLD || kind == Kind.UFW ? "" : ", and in the file that the rules come from");
    }

    /** It takes one kind of change in a command. */
    private List<String> firewalld(Direction direction, String interfaceName, Collection<Traffic> traffic) {
        List<String> options = new ArrayList<>();
        String where = zones.containsKey(interfaceName) ? "--zone=" + zones.get(interfaceName) + " " : "";
        List<String> commands = new ArrayList<>();
        if (direction == Direction.OUT) {
            where = "--policy=baton-out ";
            commands.add("firewall-cmd --permanent --new-policy=baton-out");
            options.addAll(List.of("--set-priority=-100", "--add-ingress-zone=HOST", "--add-egress-zone=ANY"));
        }
        traffic.stream()
                .map(one -> one.kind() == Probe.Kind.VRRP ? "--add-protocol=vrrp" : "--add-port=" + one.port() + "/tcp")
                .distinct()
                .forEach(options::add);
        for (String option : options) {
            commands.add("firewall-cmd --permanent " + where + option);
        }
        commands.add("firewall-cmd --reload");
        return List.of(String.join(" && ", commands));
    }

    private static List<String> ufw(Direction direction, Collection<Traffic> traffic) {
        String allow = "ufw allow " + (direction == Direction.IN ? "" : "out ");
        return traffic.stream()
                .map(one ->
                        allow + (one.kind() == Probe.Kind.VRRP ? "proto vrrp from any to any" : one.port() + "/tcp"))
                .distinct()
                .toList();
    }

    private List<String> nftables(Direction direction, Collection<Traffic> traffic) {
        return chains.stream()
                .flatMap(chain -> traffic.stream()
                        .filter(one -> chain.concerns(direction, one))
                        .map(one -> "nft insert rule " + chain.family + " " + chain.table + " " + chain.name + " "
                                + (one.kind() == Probe.Kind.VRRP
                                        ? "meta l4proto 112 accept"
                                        : "tcp dport " + one.port() + " accept")))
                .distinct()
                .toList();
    }

    private static List<String> iptables(Direction direction, Collection<Traffic> traffic) {
        String chain = direction == Direction.IN ? "INPUT" : "OUTPUT";
        return traffic.stream()
                .flatMap(one -> Stream.of((one.ipv6() ? "ip6tables" : "iptables") + " -I " + chain + " -p "
                        + (one.kind() == Probe.Kind.VRRP ? "112" : "tcp --dport " + one.port()) + " -j ACCEPT"))
                .distinct()
                .toList();
    }
}
