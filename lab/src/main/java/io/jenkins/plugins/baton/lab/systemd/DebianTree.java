package io.jenkins.plugins.baton.lab.systemd;

import io.jenkins.plugins.baton.lab.MachineLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The root file system that all hosts of a release of Debian start from: its minimal base and what a node has, but no
 * Java. Made once by debootstrap (about a minute) and kept; hosts lay an overlay on it, so that it never changes.
 */
final class DebianTree {
    private static final Path CACHE = Path.of("/var/cache/baton");
    private static final List<String> PACKAGES = List.of(
            "systemd",
            "systemd-sysv",
            "dbus",
            "openssh-server",
            "sudo",
            "iproute2",
            "procps",
            "nftables",
            "openssl",
            "ca-certificates",
            "fish",
            "tcsh");

    /**
     * keepalived and haproxy are there to be replaced, firewalld to be in the way (polkit needs a login manager, and itself
     * the protocols of netbase); etcd stands behind the virtual address.
     */
    private static final List<String> PEERS =
            List.of("etcd-server", "etcd-client", "keepalived", "haproxy", "firewalld", "libpam-systemd", "netbase");

    private static final List<String> NOT_AT_BOOT = List.of(
            "etcd.service",
            "keepalived.service",
            "haproxy.service",
            "firewalld.service",
            "apt-daily.timer",
            "apt-daily-upgrade.timer",
            "dpkg-db-backup.timer",
            "e2scrub_all.timer",
            "fstrim.timer",
            "console-getty.service");

    /** A login that may use sudo only with its password, beside root and {@code ops}, which needs none. */
    static final String SUDO_PASSWORD = "lab-sudo-password";

    /** Logins beside root: what sudo allows them differs, and how they were set up by somebody with a taste of their own. */
    static final List<String> LOGINS =
            List.of("ops", "typist", "guest", "fisher", "cshell", "noisy", "strict", "nologin");

    private DebianTree() {}

    /** Only the release that all tests with these are made on has them. */
    private static List<String> packages(Suite suite) {
        return suite == Suite.BOOKWORM
                ? Stream.concat(PACKAGES.stream(), PEERS.stream()).toList()
                : PACKAGES;
    }

    /**
     * The tree's folder; made when it is not there. Two labs that start together make it once.
     *
     * @param progress hears how the making goes on, a line for a person each
     */
    static Path get(Suite suite, Consumer<String> progress) throws IOException {
        Files.createDirectories(CACHE);
        String version = Integer.toHexString(List.of(packages(suite), LOGINS, 1).hashCode());
        Path tree = CACHE.resolve("debian-" + suite.codeName() + "-" + version);
        MachineLock.during(CACHE.resolve("lock"), () -> {
            if (!Files.exists(tree)) {
                make(suite, tree, progress);
            }
        });
        return tree;
    }

    private static void make(Suite suite, Path tree, Consumer<String> progress) throws IOException {
        Path partial = tree.resolveSibling(tree.getFileName() + ".partial");
        discard(partial);
        progress.accept("making a Debian tree (" + suite.codeName() + ") for the hosts in " + CACHE
                + ", this once (about a minute)");
        try {
            Debootstrap.run(suite.codeName(), packages(suite), partial, progress);
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
        Tool.run(
                "sh",
                "-c",
                "rm -rf $0/var/cache/apt/archives/*.deb $0/var/lib/apt/lists/* $0/etc/ssh/ssh_host_*",
                tree.toString());
        Files.writeString(tree.resolve("etc/machine-id"), "");
        for (String unit : NOT_AT_BOOT) {
            Tool.attempt("chroot", tree.toString(), "systemctl", "disable", unit);
        }
        Tool.run("ln", "-sf", "/dev/null", tree + "/etc/systemd/system/console-getty.service");
        for (String login : LOGINS) {
            addLogin(tree, login);
        }
        // bash reads it for the commands of sshd too, and not everybody asks whether somebody is there to read.
        Files.writeString(tree.resolve("home/noisy/.bashrc"), """
                echo Welcome to $HOSTNAME
                echo "You have new mail" >&2
                """);
    }

    private static void addLogin(Path tree, String name) throws IOException {
        String shell = switch (name) {
            case "fisher" -> "/usr/bin/fish";
            case "cshell" -> "/bin/tcsh";
            case "nologin" -> "/usr/sbin/nologin";
            default -> "/bin/bash";
        };
        String sudoers = switch (name) {
            case "guest" -> "# guest may not use sudo";
            case "typist" -> "typist ALL=(ALL) ALL";
            case "strict" -> """
                    Defaults:strict requiretty, secure_path="/usr/bin:/bin"
                    strict ALL=(ALL) NOPASSWD: ALL""";
            default -> name + " ALL=(ALL) NOPASSWD: ALL";
        };
        Tool.run("chroot", tree.toString(), "useradd", "--create-home", "--shell", shell, name);
        Tool.run("sh", "-c", "echo \"$1:$2\" | chroot \"$0\" chpasswd", tree.toString(), name, SUDO_PASSWORD);
        Files.writeString(tree.resolve("etc/sudoers.d/" + name), sudoers + "\n");
    }
}
