package io.jenkins.plugins.baton.agent.router.notice;

import io.jenkins.plugins.baton.cluster.Cidr;
import java.util.List;

/**
 * The addresses of a virtual router come to this node, or leave it.
 *
 * @param router its name in the cluster file
 * @param interfaceName the interface that has the addresses
 * @param addresses as in the cluster file
 * @param planned whether the other holder lives and knows of the move: a handover, a stop, a preemption
 */
public record Move(String router, String interfaceName, List<Cidr> addresses, boolean planned) {
    public Move {
        addresses = List.copyOf(addresses);
    }
}
