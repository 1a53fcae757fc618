package io.jenkins.plugins.baton.lab.systemd;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One host: an overlay on the {@link DebianTree}, booted by systemd-nspawn in a network namespace. It outlives the JVM
 * that started it; another JVM can remove it, since all it is made of is in its folder and under its name.
 */
final class DebianHost {
    private final String name;
    private final String machine;
    private final Path folder;

    /**
     * @param machine the name of its network namespace and cgroup
     * @param folder holds the overlay; on a disk, since overlayfs cannot lay over itself
     */
    DebianHost(String name, String machine, Path folder) {
        this.name = name;
        this.machine = machine;
        this.folder = folder;
    }

    /** The host's root folder as seen from outside. */
    Path root() {
        return folder.resolve("root");
    }

    /** What its console showed. */
    Path console() {
        return folder.resolve("console.log");
    }

    /** Mounts its file system, with SSH host keys and a machine id of its own. */
    void install(Path tree) throws IOException {
        for (String part : List.of("root", "changes", "work")) {
            Files.createDirectories(folder.resolve(part));
        }
        Tool.run(
                "mount",
                "-t",
                "overlay",
                "overlay",
                "-o",
                "lowerdir=" + tree + ",upperdir=" + folder.resolve("changes") + ",workdir=" + folder.resolve("work"),
                root().toString());
        Files.writeString(root().resolve("etc/hostname"), name + "\n");
        Files.writeString(
                root().resolve("etc/machine-id"), UUID.randomUUID().toString().replace("-", "") + "\n");
        Tool.run("ssh-keygen", "-A", "-f", root().toString());
    }

    void boot() throws IOException {
        Path script = folder.resolve("run-host.sh");
        try (InputStream source = DebianHost.class.getResourceAsStream("run-host.sh")) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Process shell = new ProcessBuilder("setsid", "sh", script.toString(), machine, root().toString(), name)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(console().toFile())
                .start();
        Files.writeString(folder.resolve("pid"), Long.toString(shell.pid()));
    }

    /** Pulls the plug: ends the shell that would boot it again, then every process in it. */
    void kill() throws IOException {
        Path pid = folder.resolve("pid");
        if (Files.exists(pid)) {
            Tool.attempt("kill", "-KILL", Files.readString(pid).strip());
            Files.delete(pid);
        }
        for (Path cgroup : cgroups()) {
            Tool.attempt(
                    "sh",
                    "-c",
                    "find \"$0\" -name cgroup.procs -exec cat {} + | xargs -r kill -KILL",
                    cgroup.toString());
        }
    }

    /** Those that it has: of version 2, or one in each hierarchy. */
    private List<Path> cgroups() {
        return Stream.of("", "systemd/", "unified/")
                .map(hierarchy -> Path.of("/sys/fs/cgroup/" + hierarchy + machine))
                .filter(Files::exists)
                .toList();
    }

    /** Takes away its file system and cgroups; it must have been killed. */
    void remove() {
        Tool.attempt("umount", "--lazy", root().toString());
        for (Path cgroup : cgroups()) {
            Tool.attempt("find", cgroup.toString(), "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
        }
        Tool.attempt("rm", "-rf", "--one-file-system", folder.toString());
    }
}
