package io.jenkins.plugins.baton.lab.systemd;

import java.util.Locale;

/** A release of Debian that a host can be. Their C libraries and libnftables differ; the kernel is this machine's. */
public enum Suite {
    /** Debian 11: glibc 2.31, nftables 0.9.8, systemd 247. */
    BULLSEYE,
    /** Debian 12: glibc 2.36, nftables 1.0.6, systemd 252. */
    BOOKWORM,
    /** Debian 13: glibc 2.41, nftables 1.1.3, systemd 257. */
    TRIXIE;

    /** As debootstrap calls it. */
    String codeName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
