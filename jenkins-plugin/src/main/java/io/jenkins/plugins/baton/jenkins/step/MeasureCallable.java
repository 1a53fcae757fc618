package io.jenkins.plugins.baton.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.maintenance.MeasuringClient;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jenkins.node.FleetContext;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;

/**
 * Measures on the Jenkins node until it is cancelled, and brings back the last figures as JSON; the ones in between go to the
 * controller, since the node may be gone before the end.
 */
final class MeasureCallable extends NodeCallable<String> {
    private static final long serialVersionUID = 1;

    private static final long REPORT_INTERVAL_MILLIS = 2000;

    private final FiguresSink sink;

    MeasureCallable(Setting setting, FiguresSink sink) {
        super(setting);
        this.sink = sink;
    }

    @Override
    protected String work(FleetContext fleet) throws FleetException, JsonProcessingException {
        MeasuringClient client = new MeasuringClient(fleet.file().cluster());
        try (client) {
            while (true) {
                sink.take(json(client));
                Thread.sleep(REPORT_INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            // Cancelled: that is its end.
            client.close();
            return json(client);
        }
    }

    private static String json(MeasuringClient client) throws JsonProcessingException {
        return StatusJson.mapper().writeValueAsString(client.figures());
    }
}
