package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What a router remembers in each of its states, and nowhere else. */
sealed interface Role {

    /** Later than any deadline. */
    long NEVER = Long.MAX_VALUE;

    State state();

    /** When this role wants to act by itself. */
    long deadline();

    record Initialize() implements Role {
        @Override
        public State state() {
            return State.INITIALIZE;
        }

        @Override
        public long deadline() {
            return NEVER;
        }
    }

    /** @param tryAt when it is tried next whether adverts can be sent; {@link #NEVER} when that is not the trouble */
    record Fault(String reason, long tryAt) implements Role {
        @Override
        public State state() {
            return State.FAULT;
        }

        @Override
        public long deadline() {
            return tryAt;
        }
    }

    /**
     * @param masterDownAt when the master counts as dead (RFC 9568 section 6.2, Active_Down_Timer)
     * @param cause what it means when that moment comes, for the log of the takeover
     * @param preemptFrom before this moment a master of lower priority is left alone
     * @param preemptionHold set after a handover: leave this new holder alone
     * @param stallGraceUsed whether the master already got more time because this node itself was late
     * @param leaving the master that is known to want a successor, or to have gone
     */
    record Backup(
            long masterDownAt,
            Cause cause,
            long preemptFrom,
            Optional<PreemptionHold> preemptionHold,
            boolean stallGraceUsed,
            Optional<Leaving> leaving)
            implements Role {

        @Override
        public State state() {
            return State.BACKUP;
        }

        @Override
        public long deadline() {
            return masterDownAt;
        }

        Backup withMasterDownAt(long at) {
            return new Backup(at, cause, preemptFrom, preemptionHold, stallGraceUsed, leaving);
        }

        Backup withPreemptionHold(Optional<PreemptionHold> other) {
            return new Backup(masterDownAt, cause, preemptFrom, other, stallGraceUsed, leaving);
        }

        /** A master that is left alone was heard. */
        Backup afterAdvert(long nextMasterDownAt, Cause nextCause) {
            return new Backup(nextMasterDownAt, nextCause, preemptFrom, preemptionHold, false, Optional.empty());
        }

        /** The master is known to have gone. */
        Backup afterMasterLoss(Peer of, long nextMasterDownAt, Cause nextCause) {
            return new Backup(
                    nextMasterDownAt,
                    nextCause,
                    preemptFrom,
                    Optional.empty(),
                    stallGraceUsed,
                    Optional.of(new Leaving(of, false)));
        }

        /** The master wants to give the addresses away, and holds them until somebody has them. */
        Backup afterTakeoverRequest(Peer by, long at, Cause nextCause) {
            return new Backup(
                    at, nextCause, preemptFrom, Optional.empty(), stallGraceUsed, Optional.of(new Leaving(by, true)));
        }

        /** An operator wants this node to take part again, and to leave no master alone. */
        Backup afterResume(long nextMasterDownAt, long now) {
            return new Backup(nextMasterDownAt, cause, now, Optional.empty(), stallGraceUsed, leaving);
        }

        Backup withoutLeaving() {
            return new Backup(masterDownAt, cause, preemptFrom, preemptionHold, stallGraceUsed, Optional.empty());
        }

        /** Whether this master asked for a successor, and holds the addresses until there is one. */
        boolean isAskedToTakeOverBy(Peer peer) {
            return leaving.filter(l -> l.holds() && l.peer().equals(peer)).isPresent();
        }

        Backup withStallGrace(long at) {
            return new Backup(at, cause, preemptFrom, preemptionHold, true, leaving);
        }
    }

    /**
     * Why a master counts as dead when its time is over. Put into words only then: an advert that comes is no occasion.
     *
     * @param peer who is silent; empty: {@code words} say all
     */
    record Cause(Optional<Peer> peer, long silence, String words) {
        static final Cause NOBODY_HEARD = words("no master was heard");

        static Cause words(String words) {
            return new Cause(Optional.empty(), 0, words);
        }

        static Cause silence(Peer peer, long nanos) {
            return new Cause(Optional.of(peer), nanos, "");
        }

        String text() {
            return peer.map(p -> p.name() + " has been silent for " + HumanUnits.exact(Duration.ofNanos(silence)))
                    .orElse(words);
        }
    }

    /**
     * A master that will be none, or is none any more.
     *
     * @param holds whether it has the addresses until somebody else has them
     */
    record Leaving(Peer peer, boolean holds) {}

    /**
     * After a handover the addresses stay where they went, even though this node has the higher priority, until that
     * holder leaves or gets weaker.
     *
     * @param holder the first one heard after the handover; empty until then
     */
    record PreemptionHold(Optional<Peer> holder, int priority) {}

    /**
     * @param sentAt when the last advert went out
     * @param renewAt when the lease of the addresses is extended next
     * @param announcements when neighbours are told next
     * @param raisedAt set when this node was handed the addresses and therefore advertises the highest priority: the
     *     adjustment by tracked checks at that moment; a worse one ends it
     * @param predecessor the former holder, if it is known to be none any more, or to be none when it hears this node
     * @param transfer a planned move away from this node that is under way
     */
    record Master(
            long sentAt,
            long advertiseAt,
            long renewAt,
            Announcements announcements,
            OptionalInt raisedAt,
            Optional<Predecessor> predecessor,
            Optional<Transfer> transfer)
            implements Role {

        @Override
        public State state() {
            return State.MASTER;
        }

        @Override
        public long deadline() {
            // One wake-up for both, when the advert comes so soon that the lease does not mind.
            boolean together = advertiseAt > renewAt && advertiseAt - renewAt <= Timers.LEASE_RENEW_SLACK;
            long own = Math.min(together ? advertiseAt : Math.min(advertiseAt, renewAt), announcements.next());
            return transfer.isPresent()
                    ? Math.min(
                            own,
                            Math.min(transfer.get().repeatAt(), transfer.get().deadline()))
                    : own;
        }

        Master sent(long now, long nextAt) {
            return new Master(now, nextAt, renewAt, announcements, raisedAt, predecessor, transfer);
        }

        Master withRenewAt(long at) {
            return new Master(sentAt, advertiseAt, at, announcements, raisedAt, predecessor, transfer);
        }

        Master with(Announcements other) {
            return new Master(sentAt, advertiseAt, renewAt, other, raisedAt, predecessor, transfer);
        }

        Master with(OptionalInt other) {
            return new Master(sentAt, advertiseAt, renewAt, announcements, other, predecessor, transfer);
        }

        Master with(Optional<Transfer> other) {
            return new Master(sentAt, advertiseAt, renewAt, announcements, raisedAt, predecessor, other);
        }

        /** Whether this node waits for any successor, so as to be MASTER no more. */
        boolean isSeekingSuccessor() {
            return transfer.isPresent() && transfer.get().target().isEmpty();
        }

        boolean isStopping() {
            return transfer.isPresent() && transfer.get().purpose() == Purpose.STOP;
        }
    }

    /**
     * An advert that the former holder sent before its request for a successor, before its agent ended, or on hearing
     * this node, must not depose this node when it comes late, nor count as a successor's when this node is to leave.
     *
     * @param until when its adverts count again
     */
    record Predecessor(Peer peer, long until) {}

    /**
     * A planned move, until the successor is heard or the deadline passes.
     *
     * @param target empty: whoever comes first
     * @param reason for the log
     * @param since when it began
     * @param repeatAt when the request is sent again
     */
    record Transfer(Optional<Peer> target, Purpose purpose, String reason, long since, long repeatAt, long deadline) {

        Transfer repeatedAt(long at) {
            return new Transfer(target, purpose, reason, since, at, deadline);
        }
    }

    /** What a MASTER gives the addresses away for. */
    enum Purpose {
        HANDOVER,
        SUSPENSION,
        STOP
    }
}
