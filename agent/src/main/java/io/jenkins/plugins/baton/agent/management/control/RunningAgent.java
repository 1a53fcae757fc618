package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The agent that a command on this machine is meant for. Usually there is one. Where several share a runtime directory
 * because each lives in a network namespace of its own, it is the one of the command's namespace.
 */
public record RunningAgent(String node, Path socket) {

    /** No agent to talk to: exit code 3. */
    public static final class NotRunning extends Exception {
        private static final long serialVersionUID = 1;

        NotRunning(String message) {
            super(message);
        }
    }

    /**
     * @param wanted the node that the operator named
     * @throws NotRunning when there is none
     * @throws ManagementException when there are several, or the directory cannot be read
     */
    public static RunningAgent find(RuntimeDirectory directory, Optional<String> wanted)
            throws NotRunning, ManagementException {
        if (wanted.isPresent()) {
            return new RunningAgent(wanted.get(), directory.socket(wanted.get()));
        }
        String here = ownNamespace();
        List<String> ours = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String node : directory.nodes()) {
            Optional<LockHolder> holder = LockHolder.read(directory.lock(node));
            holder.ifPresent(h -> (h.networkNamespace().equals(here) ? ours : others).add(node));
        }
        if (ours.size() > 1) {
            ours.removeIf(node -> !answers(directory.socket(node)));
        }
        if (ours.size() > 1) {
            throw new ManagementException(
                    "Several agents run here: " + String.join(", ", ours) + "; name one with --node NODE");
        }
        if (ours.isEmpty()) {
            String elsewhere = others.isEmpty()
                    ? ""
                    : ", only in other network namespaces: " + String.join(", ", others)
                            + "; name one with --node NODE";
            throw new NotRunning("No agent is running here (looked in " + directory.path() + ")" + elsewhere);
        }
        return new RunningAgent(ours.get(0), directory.socket(ours.get(0)));
    }

    /**
     * @throws NotRunning when nobody answers at its socket: a killed agent leaves its files behind
     * @throws ManagementException when this user may not talk to it
     */
    public SocketChannel connect() throws NotRunning, ManagementException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            if (Files.exists(socket) && !Files.isWritable(socket) || e instanceof AccessDeniedException) {
                throw new ManagementException(
                        "You may not talk to the agent of node " + node + " at " + socket
                                + ": permission denied; run as root or as a member of the socket's group",
                        e);
            }
            throw new NotRunning("The agent of node " + node + " is not running: no process answers at " + socket);
        }
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String ownNamespace() throws ManagementException {
        try {
            return LockHolder.self().networkNamespace();
        } catch (IOException e) {
            throw new ManagementException("Cannot read this process's network namespace: " + e.getMessage(), e);
        }
    }
}
