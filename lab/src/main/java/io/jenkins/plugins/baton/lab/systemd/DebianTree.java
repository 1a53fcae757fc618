package io.jenkins.plugins.baton.lab.systemd;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * The root file system that all hosts start from: Debian's minimal base and what a master has, but no Java. Made once
 * by debootstrap (about a minute) and kept; hosts lay an overlay on it, so that it never changes.
 */
final class DebianTree {
    private static final Path CACHE = Path.of("/var/cache/baton");
    private static final String SUITE = "bookworm";

    /** keepalived and haproxy are there to be replaced; etcd stands behind the virtual address. */
    private static final List<String> PACKAGES = List.of(
            "systemd", "systemd-sysv", "dbus", "openssh-server", "sudo", "iproute2", "procps", "nftables", "openssl",
            "ca-certificates", "etcd-server", "etcd-client", "keepalived", "haproxy");

    private static final List<String> NOT_AT_BOOT = List.of(
            "etcd.service", "keepalived.service", "haproxy.service", "apt-daily.timer", "apt-daily-upgrade.timer",
            "dpkg-db-backup.timer", "e2scrub_all.timer", "fstrim.timer", "console-getty.service");

    /** A login that may use sudo only with its password, beside root and {@code ops}, which needs none. */
    static final String SUDO_PASSWORD = "lab-sudo-password";

    private DebianTree() {}

    /**
     * The tree's folder; made when it is not there. Two labs that start together make it once.
     *
     * @param progress hears how the making goes on, a line for a person each
     */
    static Path get(Consumer<String> progress) throws IOException {
        Files.createDirectories(CACHE);
        Path tree = CACHE.resolve("debian-" + SUITE + "-" + Integer.toHexString(List.of(PACKAGES, 1).hashCode()));
        try (FileChannel lock = FileChannel.open(
                        CACHE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (held.isValid() && !Files.exists(tree)) {
                make(tree, progress);
            }
        }
        return tree;
    }

    private static void make(Path tree, Consumer<String> progress) throws IOException {
        Path partial = tree.resolveSibling(tree.getFileName() + ".partial");
        discard(partial);
        progress.accept("making a Debian tree for the hosts in " + CACHE + ", this once (about a minute)");
        try {
            Debootstrap.run(SUITE, PACKAGES, partial, progress);
            finish(partial);
            Files.move(partial, tree, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            discard(partial);
        }
    }

    /** What an interrupted making left, with the file systems that debootstrap mounted in it. */
    private static void discard(Path partial) {
        for (String mounted : List.of("proc", "sys")) {
            Tool.attempt("umount", "--lazy", partial.resolve(mounted).toString());
        }
        Tool.attempt("rm", "-rf", "--one-file-system", partial.toString());
    }

    private static void finish(Path tree) throws IOException {
        Tool.run("sh", "-c", "rm -rf $0/var/cache/apt/archives/*.deb $0/var/lib/apt/lists/* $0/etc/ssh/ssh_host_*",
                tree.toString());
        Files.writeString(tree.resolve("etc/machine-id"), "");
        for (String unit : NOT_AT_BOOT) {
            Tool.attempt("chroot", tree.toString(), "systemctl", "disable", unit);
        }
        Tool.run("ln", "-sf", "/dev/null", tree + "/etc/systemd/system/console-getty.service");
        addLogin(tree, "ops", "ops ALL=(ALL) NOPASSWD: ALL");
        addLogin(tree, "typist", "typist ALL=(ALL) ALL");
        addLogin(tree, "guest", "# guest may not use sudo");
    }

    private static void addLogin(Path tree, String name, String sudoers) throws IOException {
        Tool.run("chroot", tree.toString(), "useradd", "--create-home", "--shell", "/bin/bash", name);
        Tool.run("sh", "-c", "echo \"$1:$2\" | chroot \"$0\" chpasswd", tree.toString(), name, SUDO_PASSWORD);
        Files.writeString(tree.resolve("etc/sudoers.d/" + name), sudoers + "\n");
    }
}
