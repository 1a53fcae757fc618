package io.jenkins.plugins.baton.lab.fault;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.util.List;

/** What keeps the VIP and balances on each node: the agent, or keepalived with haproxy. One process of it can fail. */
public interface Stack {
    /** In words, for a table. */
    String name();

    /** The process that holds the VIP, in words: what is killed, stopped and frozen. */
    String process();

    /** Starts what does not run on this host; does not wait for anything. */
    void start(Host host);

    /** What runs on a host. */
    List<Daemon> daemons(Host host);

    /** SIGKILL of the process that holds the VIP. */
    void kill(Host host);

    /** SIGTERM of the process that holds the VIP; returns when it has ended. */
    void stop(Host host);

    /**
     * A planned move of the VIP.
     *
     * @param from who holds it
     * @param to who is to have it next
     */
    void handOver(Host from, Host to);

    /** SIGSTOP of the process that holds the VIP. */
    void freeze(Host host);

    /** SIGCONT of the process that holds the VIP. */
    void thaw(Host host);
}
