package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.util.List;

/** What keeps the VIP and balances on each node of a testbed: the agent, or keepalived with haproxy. */
public interface Stack {
    /** In words, for a table. */
    String name();

    /** The process that holds the VIP, in words: what is killed, stopped and frozen. */
    String process();

    default String vip() {
        return AddressPlan.VIP;
    }

    /** How many frontends it has; the backends have a port for each. */
    default int frontends() {
        return 1;
    }

    /**
     * Learns its nodes, before anything of it starts.
     *
     * @param nodes in falling order of priority
     */
    void configure(List<Host> nodes);

    /** Starts what does not run on this host; does not wait for anything. */
    void start(Host host);

    /** Whether what was started on this host is at work. */
    boolean isReady(Host host);

    /** Whether it also serves clients in the way that is meant. */
    default boolean serves(Host host) {
        return isReady(host);
    }

    /** The process on a host that holds the VIP, as it was started last. */
    Daemon daemon(Host host);

    /** All processes on a host. */
    List<Daemon> daemons(Host host);

    /**
     * A planned move of the VIP.
     *
     * @param from who holds it
     * @param to who is to have it next
     */
    void handOver(Host from, Host to);
}
