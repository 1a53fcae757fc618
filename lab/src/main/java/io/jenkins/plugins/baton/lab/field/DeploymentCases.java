package io.jenkins.plugins.baton.lab.field;

import static io.jenkins.plugins.baton.lab.field.SystemdHosts.says;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.systemd.Operator;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What a deployment says before it begins, does under load, and leaves behind. */
final class DeploymentCases {
    private static final String AGENT = "/opt/baton/current/bin/baton-agent";

    private DeploymentCases() {}

    static List<FieldCase<SystemdHosts>> cases() {
        return List.of(
                FieldCase.whole(
                        "a plan for bare hosts changes nothing", "deploy --plan", DeploymentCases::planForBareHosts),
                FieldCase.whole(
                        "the first deployment does not start and is rolled back",
                        "a release that exits 1; deploy",
                        DeploymentCases::firstDeploymentPutBack),
                FieldCase.whole(
                        "libnftables goes while an agent's rules are there",
                        "mv libnftables.so.1 away on m2, ldconfig; undeploy",
                        DeploymentCases::undeployWithoutLibrary),
                FieldCase.whole(
                        "a port and an address of the running file change",
                        "deploy --plan with other ones",
                        DeploymentCases::planForOtherPlaces),
                FieldCase.whole("a new release under load", "deploy --release", DeploymentCases::upgrade),
                FieldCase.whole(
                        "a node leaves the file, and comes back",
                        "deploy without m3, deploy with it",
                        DeploymentCases::nodeLeaves),
                FieldCase.whole(
                        "the frontend has the port of the apiservers",
                        "bind VIP:6443 beside etcd on *:6443; deploy, handover",
                        DeploymentCases::portOfTheApiservers),
                ReplacementCase.replaced());
    }

    private static CaseResult planForBareHosts(SystemdHosts hosts) {
        return hosts.ifBare(says(
                hosts.baton("deploy", "--plan"),
                0,
                "plan: m1: gets the agent .*",
                "plan: m2: gets the agent",
                "plan: m3: gets the agent"));
    }

    private static CaseResult firstDeploymentPutBack(SystemdHosts hosts) {
        Path release = hosts.releases().altered("bad", """
                [ "$1" = run ] && { echo "this release is bad"; exit 1; }
                """);
        return hosts.ifBare(says(
                hosts.baton("deploy", "--release", release.toString()),
                4,
                "was rolled back to its previous state",
                "no other node was touched"));
    }

    private static CaseResult undeployWithoutLibrary(SystemdHosts hosts) {
        hosts.deploy();
        hosts.until("m2", "nft list table ip baton");
        return hosts.ifBare(hosts.without(
                "m2",
                SystemdHosts.LIBRARY,
                () -> says(hosts.baton("undeploy"), 0, "nothing of Baton is left on any node")));
    }

    private static CaseResult planForOtherPlaces(SystemdHosts hosts) {
        hosts.deploy();
        String address = SystemdLab.VIRTUAL_ADDRESS;
        try (Client client = hosts.client()) {
            long from = System.nanoTime();
            Path port = hosts.file(text -> text.replace(address + ":" + SystemdLab.FRONTEND_PORT, address + ":9443"));
            CaseResult ofPort = says(
                    hosts.baton(port, "deploy", "--plan"),
                    0,
                    "plan: clients: " + address + ":8443 \\(kube-apiserver\\) ends",
                    address + ":9443 .*is new");
            Path vip = hosts.file(text -> text.replace(address, "10.86.13.37"));
            CaseResult ofAddress = says(
                    hosts.baton(vip, "deploy", "--plan"),
                    0,
                    "plan: clients: the virtual address " + address + " ends",
                    "10.86.13.37 is new");
            CaseResult running = says(hosts.baton("deploy"), 0, "nothing to change");
            SystemdHosts.calm(client);
            return CaseResult.unharmed(client.since(from), ofAddress.said()).orTroubleOf(ofPort, ofAddress, running);
        }
    }

    private static CaseResult upgrade(SystemdHosts hosts) {
        hosts.deploy();
        String next = hosts.releases().altered("next", "").toString();
        return underLoad(
                hosts,
                () -> hosts.baton("deploy", "--release", next),
                "plan: m1: goes from release",
                "deployed .* to m");
    }

    private static CaseResult nodeLeaves(SystemdHosts hosts) {
        hosts.deploy();
        Path without = hosts.file(text -> text.replaceAll("(?m)^.*\\{name: m3,.*\\R", ""));
        CaseResult left = hosts.ifBare(
                underLoad(
                        hosts,
                        () -> hosts.baton(without, "deploy"),
                        "plan: m3: is not in this file any more",
                        "m3: the agent is gone"),
                List.of("m3"));
        CaseResult back = underLoad(hosts, () -> hosts.baton("deploy"), "plan: m3: gets the agent");
        return left.orTroubleOf(back);
    }

    private static CaseResult portOfTheApiservers(SystemdHosts hosts) {
        String old = SystemdLab.VIRTUAL_ADDRESS + ":" + SystemdLab.FRONTEND_PORT;
        Path same = hosts.file(text -> text.replace(old, SystemdLab.VIRTUAL_ADDRESS + ":" + AddressPlan.BACKEND_PORT));
        SystemdHosts.must(hosts.baton(same, "deploy"));
        CaseResult finding;
        try (Client client = hosts.client(AddressPlan.BACKEND_PORT)) {
            long from = System.nanoTime();
            hosts.ssh("m1", AGENT + " handover");
            hosts.names()
                    .forEach(node -> hosts.until(node, AGENT + " status --json | grep -E '\"plane\": ?\"kernel\"'"));
            SystemdHosts.calm(client);
            finding = CaseResult.unharmed(client.since(from), "plane: kernel, on every node");
        }
        hosts.undeploy();
        return hosts.ifBare(finding);
    }

    private static CaseResult underLoad(SystemdHosts hosts, Supplier<Operator.Result> command, String... expected) {
        try (Client client = hosts.client()) {
            long from = System.nanoTime();
            CaseResult said = says(command.get(), 0, expected);
            SystemdHosts.calm(client);
            return CaseResult.unharmed(client.since(from), said.said()).orTroubleOf(said);
        }
    }
}
