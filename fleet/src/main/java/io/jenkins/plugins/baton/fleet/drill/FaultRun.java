package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.DeferredInterrupt;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeClock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A fault from its beginning to its end, which comes whatever happens in between. One thread. */
final class FaultRun {
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);
    private static final String NOT_ENDED = "the fault could not be ended from here";

    private final Plan plan;
    private final NodeConnections nodes;
    private final DrillTarget target;
    private final Progress progress;
    private final Fault fault;
    private final List<String> trouble = new ArrayList<>();

    FaultRun(Plan plan, DrillTarget target, NodeConnections nodes, Progress progress) {
        this.plan = plan;
        this.target = target;
        this.nodes = nodes;
        this.progress = progress;
        this.fault = new Fault(plan.scenario(), nodes.get(target.node()), target.cluster());
    }

    private String name() {
        return plan.scenario().word() + " on " + target.node();
    }

    /** What went wrong with the fault itself, a sentence each. */
    List<String> trouble() {
        return List.copyOf(trouble);
    }

    /**
     * Arms its end and begins it.
     *
     * @return when it begins, by our {@link System#nanoTime}
     */
    long begin(NodeClock clock) throws FleetException {
        progress.begin("the fault " + name() + " was about to begin; the node's own timer ends it "
                + plan.armedEnd().toSeconds() + " s after its beginning at the latest");
        try {
            long began = fault.arm(clock, plan.armedEnd());
            progress.ifLost("the node's own timer ends the fault " + name() + " at "
                    + Instant.now().plus(plan.armedEnd()).truncatedTo(ChronoUnit.SECONDS) + " at the latest");
            progress.say(
                    target.node(),
                    "the fault begins; the node itself ends it in "
                            + plan.armedEnd().toSeconds() + " s at the latest");
            return began;
        } catch (SshException e) {
            revertUnanswered();
            throw FleetException.failed(e.getMessage(), e);
        }
    }

    /** It may have been armed all the same: an answer that is lost says nothing. */
    private void revertUnanswered() {
        DeferredInterrupt.during(() -> {
            try {
                fault.revert();
            } catch (SshException e) {
                progress.say(
                        target.node(),
                        "if the fault began, it ends by itself within "
                                + plan.armedEnd().toSeconds() + " s");
            }
        });
    }

    /**
     * When what it does really began, by our {@link System#nanoTime}; to be asked before it is ended.
     *
     * @param armed for when it was armed
     */
    long began(NodeClock clock, long armed) {
        if (plan.scenario() != Scenario.HANDOVER) {
            return armed;
        }
        return DeferredInterrupt.during(interrupted -> {
            try {
                return fault.ordered(clock).orElse(armed);
            } catch (SshException e) {
                // Nobody can tell: that it takes a while to give an order remains a part of it.
                return armed;
            }
        });
    }

    /**
     * Ends it, and tries again: the node may be cut off, or boot. An interrupt does not keep it from that.
     *
     * @return when it had ended, by our {@link System#nanoTime}
     */
    long end() {
        boolean interrupted = Thread.interrupted();
        if (interrupted) {
            progress.say("interrupted: ending the fault first");
            trouble.add("interrupted by the operator");
        }
        if (plan.scenario().cutsUsOff()) {
            // The old connection may look alive for long: nobody was there to end it.
            fault.forgetConnection();
        }
        interrupted |= revert(Deadline.in(plan.armedEnd().minus(plan.hold()).plus(plan.settle())));
        long ended = System.nanoTime();
        progress.say("the fault has ended");
        progress.ifLost(
                trouble.stream().anyMatch(line -> line.startsWith(NOT_ENDED))
                        ? "the fault " + name()
                                + " could not be ended; the node's own timer has ended it, unless the node is down"
                        : "the fault " + name() + " has ended");
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    /** Tries until the deadline; whether it was interrupted meanwhile. */
    private boolean revert(Deadline deadline) {
        boolean interrupted = false;
        while (true) {
            try {
                String failed = fault.revert();
                if (!failed.isEmpty()) {
                    trouble.add("the fault did not take effect: " + failed);
                }
                if (plan.scenario() == Scenario.HANDOVER) {
                    handBack();
                }
                return interrupted;
            } catch (SshException | FleetException e) {
                if (deadline.isOver()) {
                    trouble.add(NOT_ENDED + " (" + e.getMessage()
                            + "); the timer on the node has ended it, unless the node is down");
                    return interrupted;
                }
            }
            try {
                Thread.sleep(RETRY_INTERVAL.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** The address goes back to where it was: a drill leaves no trace. */
    private void handBack() throws SshException, FleetException {
        String holder = target.holder();
        String now = nodes.view().holder(target.router().name()).orElse(holder);
        if (!now.equals(holder)) {
            nodes.get(now).require("hand back to " + holder, Command.asRoot(Layout.AGENT + " handover --to " + holder));
        }
    }
}
