package io.jenkins.plugins.baton.jenkins.node;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.baton.cluster.Ssh;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.jenkins.record.FeedSender;
import io.jenkins.plugins.baton.jenkins.record.StepFeed;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jenkins.security.MasterToSlaveCallable;

/**
 * Something done to the nodes from a Jenkins node. An operator's mistake or a node's trouble ends it with an
 * {@link AbortException}, whose sentences Jenkins shows without a stack trace.
 *
 * @param <T> what it brings back
 */
public abstract class NodeCallable<T extends Serializable> extends MasterToSlaveCallable<T, AbortException> {
    private static final long serialVersionUID = 1;

    private final ClusterSource cluster;
    private final Login login;
    private final TaskListener listener;
    private final CancellationSignal stop;
    private final StepFeed feed;
    private final String by;
    private final OwnCode code;

    /** One that only looks. */
    protected NodeCallable(Setting setting) {
        this(setting, OwnCode.NONE);
    }

    /** @param code that is to be here before the work begins */
    protected NodeCallable(Setting setting, OwnCode code) {
        this.code = code;
        this.by = setting.by();
        this.cluster = setting.cluster();
        this.login = setting.login();
        this.listener = setting.listener();
        this.stop = setting.stop();
        this.feed = setting.feed();
    }

    /**
     * All that callables have in common.
     *
     * @param by the build, for others who want the lock
     */
    public record Setting(
            ClusterSource cluster,
            Login login,
            TaskListener listener,
            CancellationSignal stop,
            StepFeed feed,
            String by) {}

    /** An interrupt means: end what was begun, then throw. */
    protected abstract T work(FleetContext fleet) throws FleetException, IOException;

    @Override
    public final T call() throws AbortException {
        code.load();
        SshLog.quieten();
        CancellationWatcher watcher = new CancellationWatcher(stop, Thread.currentThread());
        OrderlyExit exit = OrderlyExit.of(Thread.currentThread());
        try {
            return inScratch();
        } finally {
            exit.close();
            watcher.close();
        }
    }

    private T inScratch() throws AbortException {
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("baton");
            ClusterFile file = cluster.read(scratch);
            Access access = access(file.cluster().ssh(), scratch);
            try (FeedSender sender = new FeedSender(feed, file.cluster());
                    NodeConnections nodes = new NodeConnections(file.cluster(), access, by)) {
                return told(new FleetContext(file, access, nodes, new StepProgress(listener, sender), sender));
            }
        } catch (ClusterFileException | FleetException | IOException | IllegalArgumentException e) {
            AbortException abort = new AbortException(e.getMessage());
            abort.setStackTrace(new StackTraceElement[0]);
            throw abort;
        } finally {
            listener.getLogger().flush();
            remove(scratch);
        }
    }

    private T told(FleetContext fleet) throws FleetException, IOException {
        try {
            return work(fleet);
        } catch (FleetException e) {
            if (e.kind() == FleetException.Kind.REFUSED) {
                fleet.feed().refuse();
            }
            throw e;
        }
    }

    private Access access(Ssh ssh, Path scratch) throws FleetException, IOException {
        if (!login.believes(cluster)
                && (ssh.knownHosts().isPresent() || !ssh.fingerprints().isEmpty())) {
            new StepProgress(listener, null)
                    .say("the host keys that the cluster file states do not count: it is one of the build's files, and "
                            + "the credential has a password. Give the step knownHosts, name a cluster in Jenkins' "
                            + "configuration, use a key, or say trustClusterFile: true");
        }
        return login.access(ssh, cluster, scratch);
    }

    /**
     * Into the log, and what counts when all else is lost to the controller.
     *
     * @param sender null: nothing of that
     */
    private record StepProgress(TaskListener listener, FeedSender sender) implements Progress {
        @Override
        public void say(String node, String line) {
            listener.getLogger().println(Progress.text(node, line));
        }

        @Override
        public void ifLost(String sentence) {
            sender.ifLost(sentence);
        }

        @Override
        public void begin(String sentence) {
            sender.begin(sentence);
        }
    }

    private static void remove(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // Nothing secret is in it, and the system's own cleaning gets it.
            folder.toFile().deleteOnExit();
        }
    }
}
