package io.jenkins.plugins.baton.lab.field;

import static io.jenkins.plugins.baton.lab.field.SystemdHosts.says;

import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.systemd.Releases;
import java.nio.file.Path;
import java.util.List;

/** Hosts whose C library, kernel and nftables are not those that the release was made on. */
final class HostCases {
    /** Debian 11's glibc is 2.31. */
    private static final int OLDEST_GLIBC = 31;

    private HostCases() {}

    static List<FieldCase<SystemdHosts>> cases() {
        return List.of(
                FieldCase.whole(
                        "the release needs a later C library than a host has",
                        "Debian 11 (glibc 2.31), a release for 2.34",
                        HostCases::tooNew),
                FieldCase.whole(
                        "the release needs a later kernel", "REQUIREMENTS say kernel=99.0", HostCases::olderKernel),
                FieldCase.whole(
                        "a host's nftables is too old for the rules",
                        "Debian 11 (nftables 0.9.8); deploy --plan",
                        hosts -> hosts.ifBare(
                                planned(hosts, "m1: warning: its nftables 0.9.8 does not know the language"))),
                FieldCase.whole(
                        "a host has libnftables but no program nft",
                        "mv /usr/sbin/nft away on m2; deploy --plan",
                        hosts -> without(hosts, "m2", "/usr/sbin/nft", "m2: warning: the program nft cannot be used")),
                FieldCase.whole(
                        "a host has no libnftables",
                        "mv libnftables.so.1 away on m3, ldconfig; deploy --plan",
                        hosts -> without(hosts, "m3", SystemdHosts.LIBRARY, "m3: warning: there is no libnftables")),
                FieldCase.whole(
                        "three releases of Debian are one cluster, and bare again",
                        "deploy, wait, handover, undeploy",
                        HostCases::sideBySide));
    }

    private static CaseResult tooNew(SystemdHosts hosts) {
        Releases releases = hosts.releases();
        Path release =
                Releases.glibc(releases.built()) > OLDEST_GLIBC ? releases.built() : releases.needing("glibc", "2.34");
        CaseResult finding = says(
                hosts.baton("deploy", "--release", release.toString()),
                3,
                "m1: has glibc 2.31, and this release needs ",
                "nothing was changed");
        return hosts.ifBare(finding);
    }

    private static CaseResult olderKernel(SystemdHosts hosts) {
        Path release = hosts.releases().needing("kernel", "99.0");
        CaseResult finding = says(
                hosts.baton("deploy", "--release", release.toString()),
                3,
                "m2: its kernel is Linux .*, and this release needs 99.0",
                "nothing was changed");
        return hosts.ifBare(finding);
    }

    private static CaseResult planned(SystemdHosts hosts, String expected) {
        String release = hosts.releases().forHostsFrom(OLDEST_GLIBC).toString();
        return says(hosts.baton("deploy", "--plan", "--release", release), 0, expected);
    }

    private static CaseResult without(SystemdHosts hosts, String node, String files, String expected) {
        return hosts.ifBare(hosts.without(node, files, () -> planned(hosts, expected)));
    }

    private static CaseResult sideBySide(SystemdHosts hosts) {
        String release = hosts.releases().forHostsFrom(OLDEST_GLIBC).toString();
        SystemdHosts.must(hosts.baton("deploy", "--release", release, "--user", "noisy"));
        CaseResult finding;
        try (Client client = hosts.client()) {
            long from = System.nanoTime();
            hosts.ssh("m1", "/opt/baton/current/bin/baton-agent handover");
            SystemdHosts.must(hosts.baton("wait", "--stable", "1", "--timeout", "120", "--user", "strict"));
            SystemdHosts.calm(client);
            String said = says(hosts.baton("status", "--user", "cshell"), 0, "m1 .*MASTER|m2 .*MASTER|m3 .*MASTER")
                    .said();
            finding = CaseResult.unharmed(client.since(from), said);
        }
        SystemdHosts.must(hosts.baton("undeploy", "--user", "fisher"));
        return hosts.ifBare(finding);
    }
}
