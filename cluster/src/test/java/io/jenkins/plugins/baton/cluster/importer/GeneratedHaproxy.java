package io.jenkins.plugins.baton.cluster.importer;

import java.util.Random;

/** A haproxy.cfg made from a seed. */
final class GeneratedHaproxy {
    private final Generated out;

    private GeneratedHaproxy(Random random) {
        out = new Generated(random);
    }

    static Generated of(Random random) {
        GeneratedHaproxy file = new GeneratedHaproxy(random);
        file.globals();
        file.defaults();
        int proxies = file.out.upTo(2);
        for (int i = 0; i < proxies; i++) {
            file.proxy(i);
        }
        if (file.out.chance(30)) {
            file.statistics();
        }
        return file.out;
    }

    private void globals() {
        out.raw("global");
        out.line("  ssl-server-verify none", ""); // a check over TLS needs it, or an authority
        for (String line :
                new String[] {"log 127.0.0.1 local2", "maxconn 4000", "daemon", "nbthread 2", "stats timeout 30s"}) {
            if (out.chance(60)) {
                out.line("  " + line, "");
            }
        }
    }

    private void defaults() {
        out.raw("defaults");
        out.line("  mode tcp", "");
        out.line("  timeout connect " + out.any("5s", "10s", "1500", "100ms"), "connect: ");
        out.line("  timeout client " + out.any("1m", "30s", "4h"), "idle: ");
        out.line("  timeout server " + out.any("1m", "30s", "4h"), "idle: ");
        for (String line : new String[] {
            "log global",
            "option dontlognull",
            "option redispatch",
            "retries 3",
            "timeout queue 1m",
            "option tcp-smart-accept",
            "maxconn 3000",
            "timeout http-request 10s"
        }) {
            if (out.chance(40)) {
                out.line("  " + line, "");
            }
        }
        if (out.chance(30)) {
            out.line("  timeout check " + out.any("1s", "10s"), "timeout: ");
        }
        if (out.chance(30)) {
            out.line("  timeout tunnel 4h", "idle: ");
        }
    }

    private void proxy(int index) {
        boolean listen = out.chance(50);
        String name = "api-" + index;
        int port = 8443 + index;
        out.line((listen ? "listen " : "frontend ") + name, "name: " + name);
        out.line(
                "  bind " + out.any("*:", ":", "0.0.0.0:", ":::", "10.0.0.100:", "127.0.0.1:", "10.0.0.11:") + port
                        + out.any("", "", " name x"),
                port + "");
        if (out.chance(20)) {
            out.line("  bind 127.0.0.1:" + port, port + "");
        }
        if (out.chance(50)) {
            out.line("  option tcplog", "");
        }
        if (!listen) {
            out.line("  default_backend " + name + "-servers", "");
            out.line("backend " + name + "-servers", "");
        }
        if (out.chance(60)) {
            out.line("  balance " + out.any("roundrobin", "leastconn", "source", "static-rr", "first"), "balance: ");
        }
        check();
        if (out.chance(40)) {
            out.line(
                    "  default-server "
                            + out.any("inter 3s", "inter 1s fall 5 rise 4", "inter 10s downinter 5s slowstart 60s"),
                    "");
        }
        for (int i = 1; i <= out.upTo(2) + 1; i++) {
            out.line(
                    "  server m" + i + " 10.0.0.1" + i + ":6443"
                            + out.any(
                                    "",
                                    " check",
                                    " check inter 2000 rise 2 fall 5",
                                    " weight 10 check",
                                    " check backup",
                                    " maxconn 200 check",
                                    " check send-proxy"),
                    "");
        }
    }

    private void check() {
        if (!out.chance(60)) {
            return;
        }
        out.line(
                "  option httpchk "
                        + out.any(
                                "GET /healthz",
                                "/healthz",
                                "HEAD /readyz HTTP/1.0",
                                "GET /livez HTTP/1.1\\r\\nHost:\\ api.example.com"),
                "path: ");
        if (out.chance(30)) {
            out.line("  http-check connect ssl", "https");
            out.line("  http-check send meth GET uri /livez?x=" + out.upTo(9), "path: ");
        }
        if (out.chance(60)) {
            out.line(
                    "  http-check expect "
                            + out.any(
                                    "status 200",
                                    "rstatus ^(200|401|403)$",
                                    "rstatus ^[23]",
                                    "status 200-299,401",
                                    "! status 500-599",
                                    "string ok"),
                    "expect: ");
        }
    }

    private void statistics() {
        out.line("listen stats", "").line("  mode http", "").line("  bind *:1080", "");
        out.line("  stats enable", "").line("  stats auth admin:secret", "").line("  stats uri /stats", "");
    }
}
