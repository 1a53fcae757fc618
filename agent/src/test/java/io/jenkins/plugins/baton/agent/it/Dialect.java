package io.jenkins.plugins.baton.agent.it;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;

/** A way in which the agent and keepalived can speak with each other: the same settings on both sides. */
enum Dialect {
    VERSION_2_WITH_PASSWORD(
            "version: 2, advertisementInterval: 1s, authentication: {type: pass, password: \"1111\"}",
            AddressPlan.VIP,
            32),
    VERSION_2_OPEN("version: 2, advertisementInterval: 1s", AddressPlan.VIP, 32),
    VERSION_3("version: 3, advertisementInterval: 500ms", AddressPlan.VIP, 32),
    VERSION_3_UNICAST("version: 3, advertisementInterval: 500ms, unicast: true", AddressPlan.VIP, 32),
    VERSION_3_IPV6("version: 3, advertisementInterval: 500ms", AddressPlan.VIP6, 128);

    private final String options;
    private final String address;
    private final int prefix;

    Dialect(String options, String address, int prefix) {
        this.options = options;
        this.address = address;
        this.prefix = prefix;
    }

    String address() {
        return address;
    }

    /** The cluster file, with the nodes in falling order of priority: 110, 100. */
    ClusterText cluster(Host first, Host second, String more) {
        return ClusterText.of(first, second).router(address + "/" + prefix, options + more);
    }

    Keepalived keepalived(Host one, Host other) {
        Keepalived common = Keepalived.configuration().addresses(address + "/" + prefix);
        return switch (this) {
            case VERSION_2_WITH_PASSWORD -> common.version(2).password("1111");
            case VERSION_2_OPEN -> common.version(2);
            case VERSION_3, VERSION_3_IPV6 -> common.interval("0.5");
            case VERSION_3_UNICAST -> common.interval("0.5").unicastTo(one, other);
        };
    }
}
