package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.systemd.Operator;
import java.util.List;

/** Logins and SSH servers that somebody set up to their own taste. */
final class LoginCases {
    private static final String NO_AGENT = "no agent is there; run `baton deploy`";
    private static final String SSHD = "/etc/ssh/sshd_config.d/field.conf";

    private LoginCases() {}

    static List<FieldCase<SystemdHosts>> cases() {
        return List.of(
                login("a login script prints on both outputs", "noisy", NO_AGENT),
                login("the login shell is fish", "fisher", NO_AGENT),
                login("the login shell is tcsh", "cshell", NO_AGENT),
                login("sudo wants a terminal, and its secure_path has no sbin", "strict", NO_AGENT),
                login("the login shell is nologin", "nologin", "user nologin gets no shell there"),
                FieldCase.whole(
                        "the SSH servers allow one session for each connection",
                        "MaxSessions 1; baton undeploy",
                        LoginCases::oneSession),
                FieldCase.whole(
                        "the jump host forbids forwarding",
                        "AllowTcpForwarding no on m1; baton status --jump m1",
                        LoginCases::noForwarding),
                FieldCase.whole(
                        "the identity is the public half of a key",
                        "baton status --identity id.pub",
                        hosts -> SystemdHosts.says(
                                hosts.baton("status", "--identity", hosts.lab().identity() + ".pub"),
                                2,
                                "id.pub is a public key")));
    }

    private static FieldCase<SystemdHosts> login(String what, String user, String expected) {
        return FieldCase.whole(
                what,
                "baton status --user " + user + ", on Debian 11, 12 and 13",
                hosts -> onAll(hosts, hosts.baton("status", "--user", user), expected));
    }

    /** The operator's lock is a session that lasts, and every step is another one. */
    private static CaseResult oneSession(SystemdHosts hosts) {
        hosts.names().forEach(node -> configure(hosts, node, "MaxSessions 1"));
        try {
            return SystemdHosts.says(
                    hosts.baton("undeploy"),
                    0,
                    "m1: the agent is gone",
                    "m2: the agent is gone",
                    "m3: the agent is gone");
        } finally {
            hosts.names().forEach(node -> restore(hosts, node));
        }
    }

    private static CaseResult noForwarding(SystemdHosts hosts) {
        configure(hosts, "m1", "AllowTcpForwarding no");
        try {
            String jump = hosts.lab().address("m1");
            return onAll(
                    hosts, hosts.baton("status", "--jump", jump), "the jump host " + jump + " forbids connections");
        } finally {
            restore(hosts, "m1");
        }
    }

    private static void configure(SystemdHosts hosts, String node, String line) {
        hosts.ssh(node, "echo '" + line + "' > " + SSHD + " && systemctl reload ssh");
    }

    private static void restore(SystemdHosts hosts, String node) {
        hosts.ssh(node, "rm " + SSHD + " && systemctl reload ssh");
    }

    private static CaseResult onAll(SystemdHosts hosts, Operator.Result result, String expected) {
        return SystemdHosts.says(
                result,
                4,
                hosts.names().stream().map(node -> node + ": .*" + expected).toArray(String[]::new));
    }
}
