package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;

/**
 * An operator's order because of which a node that could hold the addresses does not.
 *
 * @param holder the node that holds them, as far as this one knows
 * @param undo what ends it, as a command
 */
public record StandingOrder(Kind kind, Optional<String> holder, String undo) {

    public enum Kind {
        /** This node was told to stand aside. */
        SUSPENDED,
        /** This node was told to give the addresses away, and leaves whoever took them alone. */
        HANDED_OVER,
        /** The holder was named by an operator, and advertises the highest priority. */
        HOLDER_NAMED
    }

    /** The order that keeps this router from being MASTER, if one does. */
    public static Optional<StandingOrder> of(Router router) {
        if (router.state() == State.MASTER) {
            return Optional.empty();
        }
        Optional<String> holder = router.ownerName();
        if (router.suspended()) {
            return Optional.of(new StandingOrder(Kind.SUSPENDED, holder, "`resume` ends it"));
        }
        if (!(router.role instanceof Role.Backup backup) || !router.settings.preempt()) {
            return Optional.empty();
        }
        return router.owner.flatMap(owner -> of(router, backup, owner));
    }

    private static Optional<StandingOrder> of(Router router, Role.Backup backup, Owner owner) {
        boolean named = owner.priority() == Router.HIGHEST
                && owner.peer().priority() < Router.HIGHEST
                && owner.peer().priority() < router.ownPriority();
        if (named) {
            return Optional.of(new StandingOrder(
                    Kind.HOLDER_NAMED,
                    router.ownerName(),
                    "`handover --to " + router.settings.node() + "` on " + owner.peer().name() + " moves them here"));
        }
        boolean abstains = backup.abstention().isPresent() && owner.priority() < router.ownPriority();
        return abstains
                ? Optional.of(new StandingOrder(Kind.HANDED_OVER, router.ownerName(), "`resume` gives it back"))
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
