package io.jenkins.plugins.baton.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.maintenance.Begun;
import io.jenkins.plugins.baton.fleet.maintenance.Ended;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceRequest;
import io.jenkins.plugins.baton.fleet.maintenance.WayBack;
import io.jenkins.plugins.baton.fleet.maintenance.WayOut;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jenkins.node.FleetContext;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.node.OwnCode;

/** Takes a node out of service, or puts it back, and brings back what came of it as JSON. */
final class MaintenanceCallable extends NodeCallable<String> {
    private static final long serialVersionUID = 1;

    private final boolean out;
    private final MaintenanceRequest request;
    private final String token;
    private final String by;

    private MaintenanceCallable(Setting setting, boolean out, MaintenanceRequest request, String token, String by) {
        super(setting, OwnCode.ofController());
        this.out = out;
        this.request = request;
        this.token = token;
        this.by = by;
    }

    /** @param by who does it, for others; brings back a {@link Departure} */
    static MaintenanceCallable out(Setting setting, MaintenanceRequest request, String token, String by) {
        return new MaintenanceCallable(setting, true, request, token, by);
    }

    /** Brings back an {@link Ended}. */
    static MaintenanceCallable back(Setting setting, MaintenanceRequest request, String token) {
        return new MaintenanceCallable(setting, false, request, token, "");
    }

    @Override
    protected String work(FleetContext fleet) throws FleetException, JsonProcessingException {
        return StatusJson.mapper().writeValueAsString(out ? takeOut(fleet) : putBack(fleet));
    }

    private Departure takeOut(FleetContext fleet) throws FleetException {
        Begun begun = new WayOut(fleet.file(), fleet.nodes(), request, fleet.progress(), fleet.feed()).begin(token, by);
        Cluster cluster = fleet.file().cluster();
        String address = cluster.node(request.node()).orElseThrow().address().getHostAddress();
        return new Departure(cluster.name(), address, begun);
    }

    private Ended putBack(FleetContext fleet) throws FleetException {
        return new WayBack(fleet.file(), fleet.nodes(), request, fleet.progress(), fleet.feed()).end(token);
    }
}
