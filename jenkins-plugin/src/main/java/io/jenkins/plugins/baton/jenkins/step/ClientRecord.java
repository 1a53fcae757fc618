package io.jenkins.plugins.baton.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.baton.fleet.maintenance.ClientFigures;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * The figures of a measuring client, kept with the build. When the controller or the Jenkins node was away, another client goes
 * on, and its figures are added.
 */
final class ClientRecord implements Serializable {
    private static final long serialVersionUID = 1;

    private static final long SAVE_INTERVAL_MILLIS = 15_000;

    /** Of figures as JSON; what is longer is none. */
    private static final int MAX_LETTERS = 100_000;

    /** JSON of the clients before this one; empty: there were none. Guarded by this, as all is. */
    private String earlier = "";
    /** JSON of this one; empty: it has said nothing yet. */
    private String latest = "";

    private long latestAt;
    private long gapMillis;
    private transient long savedAt;

    /**
     * Another client begins.
     *
     * @param save has the build kept on disk
     * @return what hears its figures, as JSON
     */
    synchronized Consumer<String> next(Runnable save) {
        if (!latest.isEmpty()) {
            earlier = json(figures());
            latest = "";
            gapMillis = 0;
        }
        boolean[] first = {true};
        long before = latestAt;
        return json -> {
            if (hear(json, first[0] && before > 0 ? System.currentTimeMillis() - before : -1)) {
                save.run();
            }
            first[0] = false;
        };
    }

    /** Whether it is time to save. */
    private synchronized boolean hear(String json, long gap) {
        if (json == null || json.length() > MAX_LETTERS) {
            return false;
        }
        long now = System.currentTimeMillis();
        gapMillis = gap < 0 ? gapMillis : gap;
        latest = json;
        latestAt = now;
        if (now - savedAt < SAVE_INTERVAL_MILLIS) {
            return false;
        }
        savedAt = now;
        return true;
    }

    /** Up to now. */
    synchronized ClientFigures figures() {
        ClientFigures before = earlier.isEmpty() ? ClientFigures.NONE : parse(earlier);
        return latest.isEmpty() ? before : before.then(parse(latest), gapMillis);
    }

    private static ClientFigures parse(String json) {
        try {
            ClientFigures read = StatusJson.mapper().readValue(json, ClientFigures.class);
            return read == null ? ClientFigures.NONE : read;
        } catch (JsonProcessingException e) {
            // What came from a Jenkins node is no figures: then there are none.
            return ClientFigures.NONE;
        }
    }

    private static String json(ClientFigures figures) {
        try {
            return StatusJson.mapper().writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own results can be written", e);
        }
    }
}
