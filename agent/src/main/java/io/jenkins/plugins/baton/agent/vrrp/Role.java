package io.jenkins.plugins.baton.agent.vrrp;

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

    record Fault() implements Role {
        @Override
        public State state() {
            return State.FAULT;
        }

        @Override
        public long deadline() {
            return NEVER;
        }
    }

    /**
     * @param masterDownAt when the master counts as dead (RFC 9568 section 6.2, Active_Down_Timer)
     * @param cause what it means when that moment comes, for the log of the takeover
     * @param preemptFrom before this moment a master of lower priority is left alone
     * @param abstention set after a handover: leave this new owner alone
     * @param excused whether the master already got more time because this node itself was late
     */
    record Backup(
            long masterDownAt, String cause, long preemptFrom, Optional<Abstention> abstention, boolean excused)
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
            return new Backup(at, cause, preemptFrom, abstention, excused);
        }

        Backup withAbstention(Optional<Abstention> other) {
            return new Backup(masterDownAt, cause, preemptFrom, other, excused);
        }

        /** A master that is left in office was heard. */
        Backup reassured(long nextMasterDownAt, String nextCause) {
            return new Backup(nextMasterDownAt, nextCause, preemptFrom, abstention, false);
        }

        /** The master is known to have gone. */
        Backup bereaved(long nextMasterDownAt, String nextCause) {
            return new Backup(nextMasterDownAt, nextCause, preemptFrom, Optional.empty(), excused);
        }

        Backup excusedUntil(long at) {
            return new Backup(at, cause, preemptFrom, abstention, true);
        }
    }

    /**
     * After a handover the addresses stay where they went, even though this node has the higher priority, until that
     * owner leaves or gets weaker.
     *
     * @param owner the first one heard after the handover; empty until then
     */
    record Abstention(Optional<Peer> owner, int priority) {}

    /**
     * @param sentAt when the last advert went out
     * @param renewAt when the lease of the addresses is extended next
     * @param announcements when neighbours are told next
     * @param raisedAt set when this node was handed the addresses and therefore advertises the highest priority: the
     *     adjustment by tracked checks at that moment; a worse one ends it
     * @param transfer a handover to a named peer that is under way
     */
    record Master(
            long sentAt,
            long advertiseAt,
            long renewAt,
            Announcements announcements,
            OptionalInt raisedAt,
            Optional<Transfer> transfer)
            implements Role {

        @Override
        public State state() {
            return State.MASTER;
        }

        @Override
        public long deadline() {
            long own = Math.min(Math.min(advertiseAt, renewAt), announcements.next());
            return transfer.map(t -> Math.min(own, t.deadline())).orElse(own);
        }

        Master sent(long now, long nextAt) {
            return new Master(now, nextAt, renewAt, announcements, raisedAt, transfer);
        }

        Master withRenewAt(long at) {
            return new Master(sentAt, advertiseAt, at, announcements, raisedAt, transfer);
        }

        Master with(Announcements other) {
            return new Master(sentAt, advertiseAt, renewAt, other, raisedAt, transfer);
        }

        Master with(OptionalInt other) {
            return new Master(sentAt, advertiseAt, renewAt, announcements, other, transfer);
        }

        Master with(Optional<Transfer> other) {
            return new Master(sentAt, advertiseAt, renewAt, announcements, raisedAt, other);
        }
    }

    /** A handover to a named peer, until that peer is heard or the deadline passes. */
    record Transfer(Peer target, long deadline) {}
}
