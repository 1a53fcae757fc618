package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The agent's distribution, and the agents started from it: one for each host, each with a /run/baton of its own. */
public final class Agent {
    private final Path program;
    private final Map<String, String> systemd;

    /** @param distribution the folder that holds {@code bin/baton-agent} */
    public Agent(Path distribution) {
        this(distribution, Map.of());
    }

    private Agent(Path distribution, Map<String, String> systemd) {
        this.systemd = systemd;
        this.program = distribution.resolve("bin/baton-agent").toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new LabException("There is no agent at " + program + ": build it with `mvn package`.");
        }
    }

    /** The same as the service starts it: journald dates the lines of its log, so it loads no classes for dates. */
    public Agent logsToJournal() {
        return new Agent(distribution(), Map.of("JOURNAL_STREAM", "8:1"));
    }

    public Path distribution() {
        return program.getParent().getParent();
    }

    /** Starts the agent of a host; does not wait for anything. */
    public Daemon start(Host host, Path clusterFile) {
        return host.start("agent", runCommand(host, clusterFile), environment(host));
    }

    /** The command that {@link #start} starts, for a variation of it. */
    public List<String> runCommand(Host host, Path clusterFile) {
        return List.of(program.toString(), "run", "--config", clusterFile.toString(), "--node", host.name());
    }

    /** Runs a subcommand, for example {@code status --json}, on the host, to its end. */
    public Command.Result run(Host host, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env"));
        environment(host).forEach((name, value) -> command.add(name + "=" + value));
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return host.run(command.toArray(String[]::new));
    }

    /**
     * Asks the running agent of a host over its socket, as {@code baton-agent handover}, {@code drain} and the like do, but
     * without the start of a program each time.
     *
     * @param question in words, for example {@code handover m2}
     * @return what it says
     * @throws LabException when no agent answers, or it refuses
     */
    public String ask(Host host, String question) {
        Path socket = runtimeDirectory(host).resolve(host.name() + ".sock");
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap((question + "\n").getBytes(StandardCharsets.UTF_8)));
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("ok\n")) {
                throw new LabException("the agent on " + host + " answers to `" + question + "`: " + answer.strip());
            }
            return answer.substring(3);
        } catch (IOException e) {
            throw new LabException("cannot ask the agent on " + host + " `" + question + "`: " + e.getMessage(), e);
        }
    }

    /** Whether the agent of a host has started: it answers. */
    public boolean isReady(Host host) {
        try {
            ask(host, "status");
            return true;
        } catch (LabException e) {
            return false;
        }
    }

    /** What systemd tells a service: about its folder under /run, and its log. */
    public Map<String, String> environment(Host host) {
        Map<String, String> environment = new HashMap<>(systemd);
        environment.put("RUNTIME_DIRECTORY", runtimeDirectory(host).toString());
        return environment;
    }

    /** The folder that stands for /run/baton on a host. */
    public Path runtimeDirectory(Host host) {
        try {
            return Files.createDirectories(host.directory().resolve("run"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
