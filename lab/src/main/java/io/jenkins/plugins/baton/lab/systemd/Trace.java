package io.jenkins.plugins.baton.lab.systemd;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything of a host in which a deployment could leave something: rules, addresses, routes, parameters, users, units and
 * files.
 */
public record Trace(List<String> lines) {
    private static final String COMMAND = "nft list ruleset; ip -o address | awk '{print $2, $4}'; ip rule; ip route; "
            + "sysctl -a 2> /dev/null | grep -E '^net[.]ipv[46][.](conf|neigh|ip|tcp|route)' | grep -v -e fastopen_key; "
            + "getent passwd; getent group; systemctl list-unit-files --no-legend --plain | grep -v -w transient; "
            + "find /etc /opt /usr -xdev | sort; ls -d /run/*baton* 2> /dev/null; true";

    public static Trace of(SystemdLab lab, String host) {
        return new Trace(lab.ssh(host, COMMAND).lines().toList());
    }

    /** What has come and what has gone since; empty where all is as it was. */
    public List<String> changesTo(Trace later) {
        List<String> changes = new ArrayList<>();
        later.lines.stream().filter(line -> !lines.contains(line)).forEach(line -> changes.add("+" + line));
        lines.stream().filter(line -> !later.lines.contains(line)).forEach(line -> changes.add("-" + line));
        return changes;
    }
}
