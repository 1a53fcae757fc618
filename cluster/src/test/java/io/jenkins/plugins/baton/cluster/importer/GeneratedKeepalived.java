package io.jenkins.plugins.baton.cluster.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A keepalived.conf made from a seed. */
final class GeneratedKeepalived {
    private final Generated out;
    private final List<String> scripts = new ArrayList<>();
    private boolean version3;

    private GeneratedKeepalived(Random random) {
        out = new Generated(random);
    }

    static Generated of(Random random) {
        GeneratedKeepalived file = new GeneratedKeepalived(random);
        file.globals();
        for (int i = 0; i < file.out.upTo(4) - 1; i++) {
            file.script("chk_" + i);
        }
        boolean unicast = file.out.chance(40);
        int routers = file.out.upTo(2);
        for (int i = 0; i < routers; i++) {
            file.instance(i, unicast);
        }
        return file.out;
    }

    private void globals() {
        out.raw(out.any("! Configuration File for keepalived", "# 配置文件", "")).raw("global_defs {");
        out.line("  router_id " + out.any("LVS_DEVEL", "m1", "lb-7"), "");
        version3 = out.chance(30);
        if (version3) {
            out.line("  vrrp_version 3", "version: 3");
        }
        if (out.chance(30)) {
            out.line("  enable_script_security", "").line("  script_user root", "");
        }
        if (out.chance(20)) {
            int refresh = out.upTo(300);
            out.line("  vrrp_garp_master_refresh " + refresh, "announceInterval: ");
        }
        if (out.chance(20)) {
            out.line("  smtp_server 127.0.0.1", "").line("  smtp_connect_timeout 30", "");
            out.raw("  notification_email {").line("    root@localhost", "").raw("  }");
        }
        if (out.chance(10)) {
            out.line("  vrrp_mcast_group4 224.0.0.19", "");
        }
        out.raw("}");
    }

    private void script(String name) {
        scripts.add(name);
        out.line("vrrp_script " + name + " {", "");
        out.line(
                "  script "
                        + out.any(
                                "\"/usr/bin/curl -sfk https://127.0.0.1:6443/healthz\"",
                                "\"/usr/bin/curl -s -o /dev/null -m 1 http://127.0.0.1:10248/healthz\"",
                                "\"/usr/bin/curl -fsS --max-time 2 -H 'Host: example.com' http://127.0.0.1:8080/x?y=1\"",
                                "\"/usr/bin/curl -sf http://127.0.0.1:1/a && /usr/bin/curl -sf http://127.0.0.1:2/b\"",
                                "\"/bin/bash -c 'systemctl is-active kubelet'\"",
                                "\"/bin/bash -c \\\"test -f /run/ok\\\"\"",
                                "\"/bin/sh -c '! test -e /etc/drained'\"",
                                "\"/usr/bin/pgrep -x etcd\"",
                                "\"/usr/bin/killall -0 haproxy\"",
                                "/bin/true",
                                "'/usr/bin/test -d /etc'",
                                "\"/bin/cat /etc/hostname | /bin/grep -q a\"",
                                "\"/usr/bin/timeout 1 /usr/bin/curl -Lfs http://localhost:1936/healthz/ready\""),
                "");
        if (out.chance(80)) {
            out.line("  interval " + out.upTo(9), "interval: ");
        }
        if (out.chance(40)) {
            out.line("  timeout " + out.upTo(9), "timeout: ");
        }
        if (out.chance(60)) {
            out.line("  weight " + out.any(-30, -2, 5, 20, -200) + out.any("", "", " reverse"), "weight: ");
        }
        if (out.chance(50)) {
            out.line("  fall " + out.upTo(10), "fall: ").line("  rise " + out.upTo(10), "rise: ");
        }
        if (out.chance(20)) {
            out.line("  user root", "");
        }
        if (out.chance(10)) {
            out.line("  init_fail", "");
        }
        out.raw("}");
    }

    private void instance(int index, boolean unicast) {
        out.line("vrrp_instance VI_" + index + " {", "name: VI_" + index);
        boolean master = out.chance(40);
        out.line("  state " + (master ? "MASTER" : "BACKUP"), "");
        out.line("  interface eth0", "interface: eth0");
        out.line("  virtual_router_id " + (50 + index), "virtualRouterId: " + (50 + index));
        int priority = 1 + out.upTo(250);
        out.line("  priority " + priority, "priority: " + priority);
        if (out.chance(60)) {
            int interval = out.upTo(5);
            out.line("  advert_int " + interval, "advertisementInterval: " + interval + "s");
        }
        if (out.chance(20)) {
            out.line("  nopreempt", "preempt: false");
        } else if (out.chance(20)) {
            out.line("  preempt_delay " + out.upTo(300), "preemptDelay: ");
        }
        if (!version3 && out.chance(60)) {
            authentication();
        }
        for (String unread :
                List.of("dont_track_primary", "garp_master_delay 5", "smtp_alert", "garp_lower_prio_repeat 2")) {
            if (out.chance(15)) {
                out.line("  " + unread, "");
            }
        }
        if (unicast) {
            out.line("  unicast_src_ip 10.0.0.11" + out.any("", "/24"), "10.0.0.11");
            out.line("  unicast_peer {", "");
            out.line("    10.0.0.12", "")
                    .line("    10.0.0.13" + out.any("", "/24"), "")
                    .raw("  }");
        } else if (out.chance(20)) {
            out.line("  mcast_src_ip 10.0.0.11", "");
        }
        addresses(index);
        track();
        if (out.chance(15)) {
            out.line("  notify_master \"/etc/keepalived/notify.sh master\" root", "");
        }
        out.raw("}");
    }

    private void authentication() {
        out.raw("  authentication {").line("    auth_type " + out.any("PASS", "PASS", "PASS", "AH"), "type: pass");
        out.line(
                "    auth_pass " + out.any("1111", "35f18af7190d51c9", "a\\#b", "\"p w#d\"", "k8s-'x'", "p\\w"),
                "password: ");
        out.raw("  }");
    }

    private void addresses(int index) {
        out.line("  virtual_ipaddress {", "");
        for (int i = 0; i < out.upTo(3); i++) {
            String address = "10.0.0." + (100 + 10 * index + i);
            out.line("    " + address + out.any("", "/24", "/32", "/24 dev eth0", "/24 label eth0:vip"), address);
        }
        out.raw("  }");
        if (out.chance(10)) {
            out.line("  virtual_ipaddress_excluded {", "")
                    .line("    10.0.9." + (10 + index) + "/24", "")
                    .raw("  }");
        }
        if (out.chance(10)) {
            out.line("  track_interface {", "").line("    eth0", "").raw("  }");
        }
    }

    private void track() {
        if (scripts.isEmpty() || out.chance(20)) {
            return;
        }
        out.raw("  track_script {");
        for (String script : scripts) {
            if (out.chance(80)) {
                out.line("    " + script + out.any("", "", " weight -7", " weight 9 reverse"), script);
            }
        }
        out.raw("  }");
    }
}
