package io.jenkins.plugins.baton.agent.linux.libc;

/** The capabilities that the agent uses, numbered as in linux/capability.h. */
public enum Capability {
    NET_BIND_SERVICE(10),
    NET_ADMIN(12),
    NET_RAW(13),
    IPC_LOCK(14),
    SYS_NICE(23);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** Its bit in a capability set. */
    public int bit() {
        return bit;
    }

    /** The name in systemd units and man pages, {@code CAP_NET_RAW}. */
    public String displayName() {
        return "CAP_" + name();
    }
}
