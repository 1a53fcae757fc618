package io.jenkins.plugins.baton.lab.systemd;

import io.jenkins.plugins.baton.lab.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The release of this build, and others that differ from it in one thing. */
public final class Releases {
    private final Path built;
    private final Path agent;
    private final Path folder;
    private Optional<Path> older = Optional.empty();

    /**
     * @param baton the operator's program, beside the release that comes with it
     * @param agent the agent's distribution, in the module that makes it
     * @param folder where others are made
     */
    public Releases(Path baton, Path agent, Path folder) {
        this.built = only(baton.toAbsolutePath().getParent().resolveSibling("agent"));
        this.agent = agent.toAbsolutePath().normalize();
        this.folder = folder;
    }

    public Path built() {
        return built;
    }

    /**
     * As the real one, but with another hash.
     *
     * @param beginning what its program does before all else, in {@code sh}
     */
    public Path altered(String name, String beginning) {
        Path tree = unpacked(name);
        try {
            Files.writeString(tree.resolve("baton-agent/name"), name);
            Path program = tree.resolve("baton-agent/bin/baton-agent");
            String text = Files.readString(program);
            int line = text.indexOf('\n') + 1;
            Files.writeString(program, text.substring(0, line) + beginning + text.substring(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed(tree);
    }

    /** As the real one, but it says that it needs something else of a host, {@code glibc} for example. */
    public Path needing(String what, String version) {
        Path tree = unpacked("needs-" + what);
        Tool.run("sed", "-i", "s/^" + what + "=.*/" + what + "=" + version + "/", tree + "/baton-agent/REQUIREMENTS");
        return packed(tree);
    }

    private Path unpacked(String name) {
        Path tree = folder.resolve(name);
        Tool.run("rm", "-rf", tree.toString());
        Tool.run("mkdir", "-p", tree.toString());
        Tool.run("tar", "-xzf", built.toString(), "-C", tree.toString());
        return tree;
    }

    private Path packed(Path tree) {
        Path release = tree.resolve(built.getFileName());
        Tool.run("tar", "-czf", release.toString(), "-C", tree.toString(), "baton-agent");
        return release;
    }

    /**
     * Made of a JDK of this machine that is built for hosts with a C library as old as 2.MINOR; the one of this build where
     * that is, or where this machine has no such JDK.
     */
    public Path forHostsFrom(int minor) {
        if (older.isEmpty()) {
            older = Optional.of(glibc(built) <= minor ? built : ofOtherJdk(minor));
        }
        return older.get();
    }

    private Path ofOtherJdk(int minor) {
        try (Stream<Path> jdks = Files.list(Path.of("/usr/lib/jvm"))) {
            return jdks.filter(jdk -> Files.isExecutable(jdk.resolve("bin/jlink")) && linkedFor(jdk, minor))
                    .findFirst()
                    .map(this::assembled)
                    .orElse(built);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean linkedFor(Path jdk, int minor) {
        String newest = Tool.run(
                        "sh",
                        "-c",
                        "grep -rhaoE 'GLIBC_[0-9]+(\\.[0-9]+)+' \"$0/lib\" | sort -Vu | tail -n 1",
                        jdk.toString())
                .strip();
        return newest.startsWith("GLIBC_2.") && minor(newest) <= minor;
    }

    private Path assembled(Path jdk) {
        Path made = agent.getParent();
        Path sources = made.resolveSibling("src").resolve("main/dist");
        Path target = folder.resolve("older");
        String version = built.getFileName().toString().replaceAll("baton-agent-(.*)-linux-.*", "$1");
        Tool.run(
                "sh",
                "-c",
                "rm -rf \"$0\" && mkdir -p \"$0\" && "
                        + "cp -R \"$1/jars\" \"$1/natives\" \"$1/third-party\" \"$1\"/baton-agent-*.jar \"$0\"",
                target.toString(),
                made.toString());
        Tool.run(
                sources + "/assemble.sh",
                jdk.toString(),
                sources.toString(),
                target.toString(),
                version,
                "2026-01-01T00:00:00Z",
                made.resolve("../../release/notices").normalize().toString());
        return only(target);
    }

    /** Of the C library that a release needs, 2.MINOR. */
    public static int glibc(Path release) {
        return minor(Tool.run("tar", "-xzOf", release.toString(), "baton-agent/REQUIREMENTS")
                .lines()
                .filter(line -> line.startsWith("glibc="))
                .findFirst()
                .orElseThrow(() -> new LabException(release + " does not say which glibc it needs")));
    }

    private static int minor(String version) {
        return Integer.parseInt(version.split("\\.")[1]);
    }

    private static Path only(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> releases =
                    files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
            if (releases.size() == 1) {
                return releases.get(0);
            }
            throw new LabException("there is not exactly one release in " + folder + ": build it with `mvn package`");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
