package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeLibraries;
import io.jenkins.plugins.baton.agent.management.jmx.AgentState;
import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.jenkins.plugins.baton.agent.secret.SecretFile;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the agent reads before it begins, and again at a reload: the cluster file, the secret that it names, this host. */
final class AgentInputs {
    private final Path config;

    AgentInputs(Path config) {
        this.config = config;
    }

    /** What a reload puts in force. */
    record Reload(ClusterFile file, Node self, GroupSecret secret) {}

    ClusterFile file() throws StartException {
        try {
            return ClusterFile.read(config);
        } catch (ClusterFileException e) {
            throw StartException.badInput(e.getMessage());
        }
    }

    /** The keys of the group, read anew with every cluster file. */
    static GroupSecret secret(ClusterFile file) throws StartException {
        Optional<Path> path = file.cluster().secret();
        if (path.isEmpty()) {
            return GroupSecret.NONE;
        }
        try {
            return SecretFile.read(path.get());
        } catch (SecretFile.Unusable e) {
            throw StartException.badInput(
                    file.problemAt(e.getMessage(), "secret").toString());
        }
    }

    static Host host() throws StartException {
        try {
            NativeLibraries.load();
            return Host.look();
        } catch (LinuxException e) {
            throw StartException.failed(e);
        }
    }

    static void require(List<String> problems) throws StartException {
        if (!problems.isEmpty()) {
            throw StartException.badInput(String.join("\n", problems));
        }
    }

    /** For an agent that waits to begin. */
    ClusterFile whileWaiting() throws StartException {
        ClusterFile file = file();
        require(Preflight.lacking(file, host()));
        secret(file);
        return file;
    }

    /** @throws StartException when the running agent cannot go on with the file */
    Reload forReload(AgentState running) throws StartException {
        ClusterFile file = file();
        Node self = file.cluster()
                .node(running.node())
                .orElseThrow(() -> refusal(
                        file,
                        "node '" + running.node() + "', which this agent is, is not here any more; to take it"
                                + " out of the cluster, stop its agent",
                        "nodes"));
        Host host = host();
        require(Preflight.problems(file, self, host));
        require(Preflight.newMissingInterfaces(file, self, host, running.file()));
        GroupSecret secret = secret(file);
        if (file.cluster().management().jmxPort()
                != running.file().cluster().management().jmxPort()) {
            throw refusal(
                    file,
                    "another JMX port needs a restart of the agent; nothing of this file is in use yet",
                    "management",
                    "jmxPort");
        }
        if (!file.cluster().peerLink().equals(running.file().cluster().peerLink())) {
            throw refusal(
                    file,
                    "another peerLink needs a restart of the agent; nothing of this file is in use yet",
                    "peerLink");
        }
        return new Reload(file, self, secret);
    }

    private static StartException refusal(ClusterFile file, String sentence, Object... place) {
        return StartException.badInput(file.problemAt(sentence, place).toString());
    }
}
