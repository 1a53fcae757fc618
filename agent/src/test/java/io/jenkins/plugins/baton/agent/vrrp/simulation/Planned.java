package io.jenkins.plugins.baton.agent.vrrp.simulation;

import io.jenkins.plugins.baton.agent.vrrp.Event;
import java.util.Random;

/** The moves away from a MASTER that lives and knows of them, to whoever is next. */
enum Planned {
    HANDOVER {
        @Override
        void of(Host master) {
            master.order(new Event.HandOver("test"));
        }
    },
    STOP {
        @Override
        void of(Host master) {
            master.stop();
        }
    },
    SUSPENSION {
        @Override
        void of(Host master) {
            master.order(new Event.Suspend("test"));
        }
    };

    abstract void of(Host master);

    static Planned any(Random random) {
        return values()[random.nextInt(values().length)];
    }
}
