package io.jenkins.plugins.baton.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real keepalived of Debian, with one VRRP instance.
 *
 * @param version 2 or 3
 * @param routerId VRID
 * @param interval advertisement interval in seconds, as keepalived takes it: {@code 1}, {@code 0.1}
 * @param password of PASS authentication, empty for none
 * @param peers unicast peers, empty for multicast
 * @param preempt false is {@code nopreempt}
 * @param addresses the VIPs with prefix length
 */
public record Keepalived(
        int version,
        int routerId,
        String interval,
        String password,
        List<Host> peers,
        boolean preempt,
        List<String> addresses) {
    /** It is compared with agents whose VRRP threads have one. */
    public static final int REAL_TIME_PRIORITY = 50;

    /** Its default, 10 ms without a pause, gets its process killed on a busy machine. */
    public static final int MAX_RUN_MICROS = 1_000_000;

    private static final AtomicInteger START = new AtomicInteger();

    /** Version 3, VRID 51, adverts each second, multicast, preempting. */
    public static Keepalived configuration() {
        return new Keepalived(3, 51, "1", "", List.of(), true, List.of(AddressPlan.VIP + "/32"));
    }

    /** The settings of the guides: version 2, VRID 51, adverts every 3 s, PASS 1111. */
    public static Keepalived ofTheGuide() {
        return configuration().version(2).interval("3").password("1111");
    }

    public Keepalived version(int value) {
        return new Keepalived(value, routerId, interval, password, peers, preempt, addresses);
    }

    public Keepalived routerId(int value) {
        return new Keepalived(version, value, interval, password, peers, preempt, addresses);
    }

    public Keepalived interval(String seconds) {
        return new Keepalived(version, routerId, seconds, password, peers, preempt, addresses);
    }

    public Keepalived password(String value) {
        return new Keepalived(version, routerId, interval, value, peers, preempt, addresses);
    }

    public Keepalived unicastTo(Host... hosts) {
        return new Keepalived(version, routerId, interval, password, List.of(hosts), preempt, addresses);
    }

    public Keepalived preempt(boolean value) {
        return new Keepalived(version, routerId, interval, password, peers, value, addresses);
    }

    public Keepalived addresses(String... withPrefix) {
        return new Keepalived(version, routerId, interval, password, peers, preempt, List.of(withPrefix));
    }

    /** The text of keepalived.conf for a host. */
    public String text(Host host, int priority) {
        boolean ipv6 = addresses.get(0).contains(":");
        List<String> lines = new ArrayList<>(List.of(
                "global_defs {",
                "    router_id " + host,
                "    vrrp_version " + version,
                "    vrrp_rt_priority " + REAL_TIME_PRIORITY,
                "    vrrp_rlimit_rttime " + MAX_RUN_MICROS,
                "}",
                "vrrp_instance kube-master {",
                "    state BACKUP",
                "    interface eth0",
                "    virtual_router_id " + routerId,
                "    priority " + priority,
                "    advert_int " + interval));
        if (!preempt) {
            lines.add("    nopreempt");
        }
        if (!password.isEmpty()) {
            lines.add("    authentication {\n        auth_type PASS\n        auth_pass " + password + "\n    }");
        }
        if (!peers.isEmpty()) {
            lines.add("    unicast_src_ip " + (ipv6 ? host.ipv6() : host.ipv4()));
            lines.add("    unicast_peer {");
            peers.stream().filter(p -> p != host).forEach(p -> lines.add("        " + (ipv6 ? p.ipv6() : p.ipv4())));
            lines.add("    }");
        }
        lines.add("    virtual_ipaddress {");
        addresses.forEach(a -> lines.add("        " + a + " dev eth0"));
        lines.add("    }\n}");
        return String.join("\n", lines) + "\n";
    }

    /** Starts keepalived on the host, in the foreground with its log on standard error. */
    public Daemon start(Host host, int priority) {
        return start(host, text(host, priority));
    }

    /** The same with any keepalived.conf. */
    public static Daemon start(Host host, String text) {
        // A killed keepalived leaves its files, and the next one may take its number for a living process.
        String pid = host.directory()
                .resolve("keepalived-" + START.incrementAndGet())
                .toString();
        String file = host.write("keepalived.conf", text).toString();
        return host.start(
                "keepalived",
                List.of(
                        "keepalived",
                        "--dont-fork",
                        "--log-console",
                        "--log-detail",
                        "--vrrp",
                        "--use-file",
                        file,
                        "--pid",
                        pid + ".pid",
                        "--vrrp_pid",
                        pid + "-vrrp.pid"),
                Map.of());
    }
}
