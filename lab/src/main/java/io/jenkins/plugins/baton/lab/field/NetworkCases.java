package io.jenkins.plugins.baton.lab.field;

import static io.jenkins.plugins.baton.lab.field.FieldCase.brief;
import static io.jenkins.plugins.baton.lab.field.FieldCase.whole;

import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.experiment.Incident;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What happens to the own address and the interface of the node that holds the VIP. */
final class NetworkCases {
    private static final Duration CONNECT_INTERVAL = Duration.ofMillis(10);
    private static final String FIREWALL =
            "table ip field { chain output { type filter hook output priority 0; meta l4proto 112 drop; }; }";

    private NetworkCases() {}

    static List<FieldGroup<?>> groups() {
        return List.of(
                new FieldGroup<>(programs -> testbed(programs, false), overIpv4()),
                new FieldGroup<>(programs -> testbed(programs, true), overIpv6()));
    }

    private static AgentTestbed testbed(Programs programs, boolean ipv6) {
        return new AgentTestbed(programs.agent(), new Variant(Plane.KERNEL, ipv6, Variant.DEFAULT_INTERVAL));
    }

    private static List<FieldCase<AgentTestbed>> overIpv4() {
        return List.of(
                brief(
                        "the holder loses its own address",
                        "ip addr del",
                        testbed -> moves(
                                testbed,
                                home -> ip(home, "addr", "del", own(home), "dev", "eth0"),
                                NetworkCases::giveBack)),
                whole(
                        "the holder gets another address",
                        "ip addr add OTHER, ip addr del OWN",
                        testbed -> moves(
                                testbed,
                                home -> {
                                    ip(home, "addr", "add", "10.86.13.77/24", "dev", "eth0");
                                    ip(home, "addr", "del", own(home), "dev", "eth0");
                                },
                                home -> {
                                    ip(home, "addr", "flush", "dev", "eth0", "to", "10.86.13.77");
                                    giveBack(home);
                                })),
                brief("the network of the holder is restarted", "ip addr flush, ip addr add", NetworkCases::restart),
                whole(
                        "the holder's interface is switched off",
                        "ip link set eth0 down",
                        testbed -> moves(testbed, Host::interfaceDown, Host::interfaceUp)),
                whole(
                        "the holder's interface is renamed",
                        "ip link set eth0 name eth9",
                        testbed -> moves(
                                testbed,
                                home -> ip(home, "link", "set", "eth0", "name", "eth9"),
                                home -> ip(home, "link", "set", "eth9", "name", "eth0"))),
                brief(
                        "a firewall of the holder drops its adverts",
                        "nft: output, protocol 112, drop",
                        testbed -> moves(
                                testbed,
                                home -> home.run("nft", FIREWALL).orThrow(),
                                home -> home.run("nft", "delete table ip field").orThrow())));
    }

    private static List<FieldCase<AgentTestbed>> overIpv6() {
        return List.of(whole(
                "the holder loses its IPv6 link-local address",
                "ip addr del fe80::",
                testbed -> moves(
                        testbed,
                        home -> ip(home, "addr", "del", home.linkLocal() + "/64", "dev", "eth0"),
                        home -> ip(home, "addr", "add", home.linkLocal() + "/64", "dev", "eth0", "nodad"))));
    }

    /** The VIP must go to another node, and come back when the cause is gone. */
    private static CaseResult moves(AgentTestbed testbed, Consumer<Host> cause, Consumer<Host> remedy) {
        Host home = testbed.home();
        try (Client client = testbed.client(CONNECT_INTERVAL, 0)) {
            long from = System.nanoTime();
            Impact impact = Incident.measure(testbed, client, incident -> {
                cause.accept(home);
                testbed.awaitHolderOtherThan(home);
            });
            String said = reason(testbed, home);
            boolean quiet = testbed.vip().since(from).stream().noneMatch(tenure -> tenure.host() == home);
            Incident.measure(testbed, client, incident -> {
                remedy.accept(home);
                testbed.awaitHome();
            });
            CaseResult finding = CaseResult.unharmed(impact, said);
            return quiet ? finding : finding.but("the node took the VIP again while it could not hold it");
        }
    }

    /** Too short for another node to take over, or not: clients must be served again, and the VIP must be alone. */
    private static CaseResult restart(AgentTestbed testbed) {
        Host home = testbed.home();
        try (Client client = testbed.client(CONNECT_INTERVAL, 0)) {
            Impact impact = Incident.measure(testbed, client, incident -> {
                ip(home, "-4", "addr", "flush", "dev", "eth0");
                giveBack(home);
            });
            testbed.awaitHome();
            String addresses = home.run("ip", "-o", "-4", "address", "show", "dev", "eth0")
                    .orThrow()
                    .output();
            String routes =
                    home.run("ip", "route", "show", "dev", "eth0").orThrow().output();
            CaseResult finding = CaseResult.unharmed(impact, reason(testbed, home));
            boolean first = addresses
                    .lines()
                    .findFirst()
                    .filter(line -> line.contains(" " + own(home) + " "))
                    .isPresent();
            return first && routes.contains("10.86.13.0/24")
                    ? finding
                    : finding.but("the node's own address is not the first: " + addresses + routes);
        }
    }

    private static void giveBack(Host home) {
        ip(home, "addr", "add", own(home), "dev", "eth0");
    }

    private static String own(Host home) {
        return home.ipv4() + "/24";
    }

    private static void ip(Host host, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        host.run(command).orThrow();
    }

    private static String reason(AgentTestbed testbed, Host node) {
        return testbed.status(node, "stateReason")
                .orElseThrow(() -> new LabException("no stateReason in the status of " + node));
    }
}
