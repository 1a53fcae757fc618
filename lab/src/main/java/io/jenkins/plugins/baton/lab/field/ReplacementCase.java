package io.jenkins.plugins.baton.lab.field;

import static io.jenkins.plugins.baton.lab.field.SystemdHosts.says;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import io.jenkins.plugins.baton.lab.systemd.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Debian's keepalived and haproxy serve on all hosts, are replaced under load, and come back under load. */
final class ReplacementCase {
    private static final String KEEPALIVED = """
            vrrp_instance kube-master {
              interface eth0
              virtual_router_id 51
              priority %d
              advert_int 1
              virtual_ipaddress { %s/32 }
            }
            """;

    private static final String HAPROXY = """
            defaults
              mode tcp
              timeout connect 5s
              timeout client 1h
              timeout server 1h
            listen kube-apiserver
              bind *:%d
            """;

    /** Connects in flight at a move: the client begins one every 10 ms, and one takes 2 to 20 ms here. */
    private static final int MAX_IN_FLIGHT = 2;

    private ReplacementCase() {}

    static FieldCase<SystemdHosts> replaced() {
        return FieldCase.whole(
                "keepalived and haproxy are replaced, and are wanted back",
                "keepalived 2.2.7; deploy --replace-keepalived, undeploy",
                ReplacementCase::replaceAndGiveBack);
    }

    private static CaseResult replaceAndGiveBack(SystemdHosts hosts) {
        hosts.undeploy();
        start(hosts);
        try (Client client = hosts.client()) {
            awaitPair(hosts);
            Map<String, Trace> before = new LinkedHashMap<>();
            hosts.names().forEach(node -> before.put(node, Trace.of(hosts.lab(), node)));
            Path file = hosts.file(text -> text.replace(
                    "virtualRouterId: 51,", "virtualRouterId: 51, version: 2, advertisementInterval: 1s,"));

            long from = System.nanoTime();
            CaseResult deployed = says(
                    hosts.baton(file, "deploy", "--replace-keepalived"),
                    0,
                    "plan: m1: stops and disables keepalived and haproxy",
                    "deployed .* to m");
            Impact replaced = client.since(from);

            long back = System.nanoTime();
            CaseResult gone = says(
                    hosts.baton(file, "undeploy"),
                    0,
                    "m1: .*run again, and start at boot if they did",
                    "m2: .*run again",
                    "m3: .*run again");
            awaitPair(hosts);
            SystemdHosts.calm(client);
            return harmedOnlyInFlight("replaced", 1, replaced, gone.said())
                    .orTroubleOf(deployed, gone, harmedOnlyInFlight("wanted back", 2, client.since(back), ""))
                    .orTroubleOf(before.entrySet().stream()
                            .map(node -> hosts.ifAsBefore(node.getKey(), node.getValue()))
                            .toArray(CaseResult[]::new));
        } finally {
            hosts.names()
                    .forEach(
                            node -> hosts.ssh(
                                    node,
                                    "systemctl disable --quiet --now keepalived haproxy; "
                                            + "rm /etc/keepalived/keepalived.conf; mv /etc/haproxy/haproxy.cfg.debian /etc/haproxy/haproxy.cfg"));
        }
    }

    /**
     * keepalived moves the address once when it is stopped on its holder, and twice when it comes back: from the last agent
     * to the second node, and from there to the preferred one. haproxy knows no second chance: whoever has a connect in
     * flight at such a move can lose it.
     */
    private static CaseResult harmedOnlyInFlight(String when, int moves, Impact impact, String said) {
        CaseResult finding = CaseResult.measured(impact, said);
        return impact.connects() > 0 && impact.failed() <= moves * MAX_IN_FLIGHT
                ? finding
                : finding.but("%d of %d connects failed while keepalived was %s: %s"
                        .formatted(impact.failed(), impact.connects(), when, impact.failures()));
    }

    private static void start(SystemdHosts hosts) {
        StringBuilder haproxy = new StringBuilder(HAPROXY.formatted(SystemdLab.FRONTEND_PORT));
        hosts.names()
                .forEach(node -> haproxy.append("  server %s %s:%d check%n"
                        .formatted(node, hosts.lab().address(node), AddressPlan.BACKEND_PORT)));
        int priority = 110;
        for (String node : hosts.names()) {
            Path etc = hosts.lab().root(node).resolve("etc");
            try {
                Files.move(etc.resolve("haproxy/haproxy.cfg"), etc.resolve("haproxy/haproxy.cfg.debian"));
                Files.writeString(etc.resolve("haproxy/haproxy.cfg"), haproxy);
                Files.writeString(
                        etc.resolve("keepalived/keepalived.conf"),
                        KEEPALIVED.formatted(priority, SystemdLab.VIRTUAL_ADDRESS));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            priority -= 10;
            hosts.ssh(node, "systemctl enable --quiet --now haproxy keepalived");
        }
    }

    /** The one with the highest priority holds the address when all is well. */
    private static void awaitPair(SystemdHosts hosts) {
        hosts.names().forEach(node -> hosts.until(node, "systemctl is-active keepalived haproxy"));
        hosts.until("m1", "ip -o address | grep -w " + SystemdLab.VIRTUAL_ADDRESS);
        hosts.names().stream()
                .filter(node -> !node.equals("m1"))
                .forEach(node -> hosts.until(node, "! ip -o address | grep -w " + SystemdLab.VIRTUAL_ADDRESS));
    }
}
