package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.jmx.State;
import java.util.Optional;

/**
 * An operator's order because of which a node that could hold the addresses does not.
 *
 * @param holder the node that holds them, as far as this one knows
 * @param undo what ends it, as a command
 */
public record OperatorOverride(Kind kind, Optional<String> holder, String undo) {

    public enum Kind {
        /** This node was told to stand aside. */
        SUSPENDED,
        /** This node was told to give the addresses away, and leaves whoever took them alone. */
        HANDED_OVER,
        /** The holder was named by an operator, and advertises the highest priority. */
        HOLDER_NAMED
    }

    /** The order that keeps this router from being MASTER, if one does. */
    public static Optional<OperatorOverride> of(Router router) {
        if (router.state() == State.MASTER) {
            return Optional.empty();
        }
        Optional<String> name = router.holderName();
        if (router.suspended()) {
            return Optional.of(new OperatorOverride(Kind.SUSPENDED, name, "`resume` ends it"));
        }
        if (!(router.role instanceof Role.Backup backup) || !router.settings.preempt()) {
            return Optional.empty();
        }
        return router.holder.isPresent() ? of(router, backup, router.holder.get()) : Optional.empty();
    }

    private static Optional<OperatorOverride> of(Router router, Role.Backup backup, Holder holder) {
        boolean named = holder.priority() == Router.HIGHEST && holder.peer().priority() < router.ownPriority();
        if (named) {
            return Optional.of(new OperatorOverride(
                    Kind.HOLDER_NAMED,
                    router.holderName(),
                    "`handover --to " + router.settings.node() + "` on "
                            + holder.peer().name() + " moves them here"));
        }
        boolean holdsPreemption = backup.preemptionHold().isPresent() && holder.priority() < router.ownPriority();
        return holdsPreemption
                ? Optional.of(new OperatorOverride(Kind.HANDED_OVER, router.holderName(), "`resume` gives it back"))
                : Optional.empty();
    }

    /** For an operator, without its end mark. */
    public String sentence(String since) {
        String holds = holder.map(name -> name + " holds").orElse("no holder is known");
        return kind == Kind.SUSPENDED
                ? "suspended by order since " + since + ", " + holds + "; " + undo
                : holds + " by order since " + since + "; " + undo;
    }
}
