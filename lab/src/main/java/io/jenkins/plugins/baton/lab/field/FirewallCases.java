package io.jenkins.plugins.baton.lab.field;

import static io.jenkins.plugins.baton.lab.field.SystemdHosts.says;

import java.nio.file.Path;
import java.util.List;

/** Firewalls between nodes that are to become a group. */
final class FirewallCases {
    private static final String GUARD =
            "nft add table inet guard; nft 'add chain inet guard in { type filter hook input priority 0; }'; ";

    private FirewallCases() {}

    static List<FieldCase<SystemdHosts>> cases() {
        return List.of(
                FieldCase.whole(
                        "a firewall drops what the agents send: nftables",
                        "nft drops protocol 112 and TCP 9011 on m2; deploy",
                        FirewallCases::nftables),
                FieldCase.whole(
                        "a firewall drops what the agents send: firewalld",
                        "its default zone on m3; deploy",
                        FirewallCases::firewalld),
                FieldCase.whole(
                        "a firewall lets the experiment pass and drops the adverts",
                        "nft drops VRID 51 on all nodes; deploy, undeploy",
                        hosts -> adverts(
                                hosts,
                                hosts.lab().clusterFile(),
                                "m2: does not hear the advertisements of m1, which is MASTER in kube-master")),
                FieldCase.whole(
                        "the same, and there is no peer link",
                        "`peerLink: none`; deploy, undeploy",
                        hosts -> adverts(
                                hosts,
                                hosts.file(text -> text + "peerLink: none\n"),
                                "m2: is MASTER in kube-master while m1 is too")));
    }

    private static CaseResult nftables(SystemdHosts hosts) {
        hosts.ssh(
                "m2",
                GUARD
                        + "nft add rule inet guard in meta l4proto 112 drop; nft add rule inet guard in tcp dport 9011 drop");
        CaseResult finding;
        try {
            finding = says(
                    hosts.baton("deploy"),
                    3,
                    "m2: its firewall drops what comes in by eth0: VRRP .* to 224.0.0.18 from m1, m3",
                    "`nft insert rule inet guard in meta l4proto 112 accept`",
                    "`nft insert rule inet guard in tcp dport 9011 accept`",
                    "nothing was changed");
        } finally {
            hosts.ssh("m2", "nft delete table inet guard");
        }
        return hosts.ifBare(finding);
    }

    private static CaseResult firewalld(SystemdHosts hosts) {
        hosts.ssh("m3", "systemctl start firewalld");
        CaseResult finding;
        try {
            finding = says(
                    hosts.baton("deploy"),
                    3,
                    "m3: its firewall drops what comes in by eth0: VRRP .* TCP port 8443",
                    "firewall-cmd --permanent --zone=public --add-protocol=vrrp",
                    "nothing was changed");
        } finally {
            hosts.ssh("m3", "systemctl stop firewalld");
        }
        return hosts.ifBare(finding);
    }

    /** The experiment's packets have no VRID. */
    private static CaseResult adverts(SystemdHosts hosts, Path file, String complaint) {
        hosts.names()
                .forEach(
                        node -> hosts.ssh(node, GUARD + "nft add rule inet guard in meta l4proto 112 @th,8,8 51 drop"));
        CaseResult finding;
        try {
            finding = says(
                    hosts.baton(file, "deploy"),
                    4,
                    complaint,
                    "m2: was rolled back to its previous state",
                    "already changed: m1");
        } finally {
            hosts.names().forEach(node -> hosts.ssh(node, "nft delete table inet guard"));
        }
        finding = hosts.ifBare(finding, List.of("m2", "m3"));
        SystemdHosts.must(hosts.baton(file, "undeploy"));
        return hosts.ifBare(finding);
    }
}
