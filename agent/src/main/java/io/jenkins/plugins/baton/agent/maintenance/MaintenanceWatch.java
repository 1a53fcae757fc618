package io.jenkins.plugins.baton.agent.maintenance;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has this agent heed the maintenance in the file, from its beginning to its end, which comes by itself. What an operator
 * orders in between by hand is left alone: only changes of the file count. Any thread.
 */
public final class MaintenanceWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("maintenance");

    /** What an agent does about it. */
    public interface Duties {
        /** The node's servers get no new connections; when it is this node, it gives its addresses away and takes none. */
        void begin(Maintenance maintenance);

        /** Ends that. */
        void end(Maintenance maintenance);
    }

    private final MaintenanceFile file;
    private final Duties duties;
    /** Guarded by this. */
    private Optional<Maintenance> heeded;

    /** @param first with which the routers were started; what it says of servers is done now */
    public MaintenanceWatch(MaintenanceFile file, Duties duties, Optional<Maintenance> first) {
        this.file = file;
        this.duties = duties;
        this.heeded = first;
        first.ifPresent(this::begin);
    }

    /** After a reload: what it brought has not heard of the maintenance. */
    public synchronized void again() {
        heeded.ifPresent(duties::begin);
    }

    @Override
    public synchronized void run() {
        Optional<Maintenance> now = file.inForce(heeded);
        if (now.equals(heeded)) {
            return;
        }
        Optional<Maintenance> before = heeded;
        heeded = now;
        if (before.isPresent() && !now.map(Maintenance::node).equals(before.map(Maintenance::node))) {
            LOG.info("end of the {}", before.get().sentence());
            duties.end(before.get());
        }
        now.ifPresent(this::begin);
    }

    private void begin(Maintenance maintenance) {
        LOG.info("{}", maintenance.sentence());
        duties.begin(maintenance);
    }
}
