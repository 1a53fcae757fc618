package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The Jenkins node of a step, as the place where callables are called. */
final class JenkinsNode {
    private static final long RETRY_INTERVAL_MILLIS = 1000;

    private final StepContext context;
    private final BooleanSupplier pointless;

    /** Makes a callable on the controller. */
    interface Maker<T extends Serializable> {
        NodeCallable<T> make() throws IOException, InterruptedException;
    }

    /** For a person whose node went away. */
    interface Note {
        String text() throws IOException, InterruptedException;
    }

    /** The node went away while the callable was on it. */
    static final class NodeLost extends AbortException {
        private static final long serialVersionUID = 1;

        NodeLost(String message) {
            super(message);
        }
    }

    /** @param pointless whether nobody waits for an end any more: then a node that is away is not waited for */
    JenkinsNode(StepContext context, BooleanSupplier pointless) {
        this.context = context;
        this.pointless = pointless;
    }

    /**
     * Has it done on the node, and waits for its end.
     *
     * @param timeout how long to wait for a node that is away
     * @param note for a person whose node went away meanwhile: asked for then
     * @throws NodeLost when it went away meanwhile
     * @throws AbortException with sentences when it could not begin, or came to nothing
     */
    <T extends Serializable> T call(Maker<T> maker, Duration timeout, Note note)
            throws IOException, InterruptedException {
        VirtualChannel channel = workspace(timeout).getChannel();
        NodeCallable<T> callable = prepared(maker);
        try {
            try {
                return channel.call(callable);
            } finally {
                // What the callable said last is to be in the log before the next step begins.
                channel.syncLocalIO();
            }
        } catch (AbortException e) {
            throw e;
        } catch (IOException | RequestAbortedException e) {
            throw new NodeLost(Messages.FleetExecution_lost(nodeName(), note.text()));
        }
    }

    /** Waits before it tries again what a lost node cut short. */
    void await() throws IOException, InterruptedException {
        say(Messages.FleetExecution_awaiting(nodeName()));
        Thread.sleep(RETRY_INTERVAL_MILLIS);
    }

    private FilePath workspace(Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            String trouble = "";
            try {
                FilePath workspace = context.get(FilePath.class);
                if (workspace != null && workspace.getChannel() != null) {
                    return workspace;
                }
            } catch (IOException e) {
                // Pipeline's way of saying that the node is offline.
                trouble = e.getMessage();
            }
            if (pointless.getAsBoolean() || System.nanoTime() - end >= 0) {
                throw new AbortException(
                        Messages.FleetExecution_offline(nodeName(), trouble).strip());
            }
            Thread.sleep(RETRY_INTERVAL_MILLIS);
        }
    }

    private <T extends Serializable> NodeCallable<T> prepared(Maker<T> maker) throws IOException, InterruptedException {
        try {
            return maker.make();
        } catch (AbortException e) {
            throw e;
        } catch (IOException e) {
            throw new AbortException(Messages.FleetExecution_notReady(nodeName(), e.getMessage()));
        }
    }

    private String nodeName() throws IOException, InterruptedException {
        Node node = context.get(Node.class);
        return node == null ? "?" : node.getDisplayName();
    }

    void say(String sentence) throws IOException, InterruptedException {
        context.get(TaskListener.class).getLogger().println(sentence);
    }
}
