package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A frontend as one node sees it.
 *
 * @param name as in the cluster file
 * @param interfaceName this node's interface on the segment of the VIPs and all nodes
 * @param vips where clients connect, all of one family, which is that of the members too
 * @param port where clients connect
 * @param dispatch how the holder of the VIP chooses the node that serves a connection
 * @param members all nodes in the order of the cluster file, the same on every node
 * @param own which of the members is this node's
 * @param toProxy whether the proxy of this node takes what clients send here, for as long as the kernel cannot reach
 *     all that should have a share
 * @param lastResort whether no backend is ready as far as the checks tell: what is refused then is refused
 */
public record KernelFrontend(
        String name,
        String interfaceName,
        List<InetAddress> vips,
        int port,
        Dispatch dispatch,
        List<RingMember> members,
        int own,
        boolean toProxy,
        boolean lastResort) {
    /** The highest DSCP, which marks a packet on its last hop round the ring. */
    static final int LAST_HOP = 63;

    public enum Dispatch {
        BY_CONNECTION,
        /** All connections of a client's address go to one node. */
        BY_SOURCE,
        /**
         * Not at all: a proxy on the holder serves them. The kernel has only the ring for it, by which a connection
         * stays with its proxy after the VIP has moved away. A member then is the node itself; its port means nothing.
         */
        BY_PROXY
    }

    public KernelFrontend {
        vips = List.copyOf(vips);
        members = List.copyOf(members);
    }

    boolean isIpv6() {
        return vips.get(0) instanceof Inet6Address;
    }

    public boolean isProxied() {
        return dispatch == Dispatch.BY_PROXY;
    }

    RingMember ownMember() {
        return members.get(own);
    }

    /** For each slot the members that serve: its first claimant, then who would claim it if those before did not serve. */
    List<List<Integer>> claimants() {
        SlotMap map = new SlotMap(members.stream().map(RingMember::weight).toList());
        return IntStream.range(0, SlotMap.SLOTS)
                .mapToObj(slot -> map.heirs(slot).stream()
                        .filter(member -> members.get(member).serving())
                        .toList())
                .toList();
    }

    /** The slots whose new connections are for this node's backend. */
    public BitSet ownSlots() {
        BitSet slots = new BitSet();
        if (!toProxy) {
            List<List<Integer>> claimants = claimants();
            for (int slot = 0; slot < claimants.size(); slot++) {
                if (claimants.get(slot).indexOf(own) == 0) {
                    slots.set(slot);
                }
            }
        }
        return slots;
    }

    /** The other nodes that are there, in the order of the ring. */
    public List<Integer> others() {
        return IntStream.range(1, members.size())
                .map(step -> (own + step) % members.size())
                .filter(member -> members.get(member).present())
                .boxed()
                .toList();
    }

    /** The node to which this one passes what it does not know; empty: there is none. */
    OptionalInt next() {
        return others().stream().mapToInt(Integer::intValue).findFirst();
    }

    /**
     * The mark of a packet that this node sends round: as many hops as it takes to pass every member. Also those of nodes
     * that are not there: should this node be wrong about one, the packet has not ended its way before it.
     */
    int firstHop() {
        return Math.min(LAST_HOP, LAST_HOP - members.size() + 2);
    }
}
