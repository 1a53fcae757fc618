package io.jenkins.plugins.baton.agent.vrrp.packet;

/** Why a packet was ignored. Every reason is a counter of its own. */
public enum DropReason {
    TRUNCATED("shorter or longer than its own fields say"),
    BAD_VERSION("neither version 2 nor 3, or not the version of this virtual router"),
    BAD_TYPE("not an advertisement"),
    BAD_TTL("TTL or hop limit is not 255: it was routed, so it is not from this LAN"),
    BAD_CHECKSUM("checksum is wrong"),
    WRONG_VRID("for another virtual router; other groups may share the LAN"),
    OWN_ADDRESS("comes from this node's own address: a loop in the network, or a duplicate address"),
    UNKNOWN_SENDER("comes from an address that is no node of the cluster file"),
    AUTHENTICATION_TYPE("authentication type differs"),
    AUTHENTICATION_PASSWORD("password differs"),
    ADDRESS_LIST_MISMATCH("virtual addresses differ"),
    INTERVAL_MISMATCH("advertisement interval is zero, or differs in version 2"),
    CARP("CARP (pfSense, OPNsense), not VRRP, with the same number"),
    PRIORITY_OWNER("priority 255: it says that the virtual address is the sender's own, which no node of a group has"),
    CONTRADICTED("the agent of that node says otherwise over its peer link: another machine sent it"),
    STALE("sent before the last change of that node, of which its agent has told over the peer link"),
    FOREIGN_MAC("comes from another Ethernet address than that node has"),
    TAKEOVER_ORDER_REFUSED(
            "an order to take over that does not come from the present holder, or while FAULT or suspended");

    private final String explanation;

    DropReason(String explanation) {
        this.explanation = explanation;
    }

    /** What a person should know about it; continues "the packet ...". */
    public String explanation() {
        return explanation;
    }
}
