package io.jenkins.plugins.baton.lab.soak;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.time.Duration;

/** What befalls the cluster during a soak, and which connections docs/guarantees.md lets break by it. */
enum Disturbance {
    MOVE("planned move") {
        @Override
        void act(SoakTestbed testbed, Host node) {
            Host holder = testbed.agents().vip().holder().orElseThrow();
            testbed.agents().handOver(holder, testbed.agents().after(holder));
        }
    },
    RELOAD("reload on all nodes") {
        @Override
        void act(SoakTestbed testbed, Host node) {
            testbed.agents()
                    .nodes()
                    .forEach(n -> testbed.agents().stack().daemon(n).reload());
        }
    },
    DRAIN("drain of a backend, and back") {
        @Override
        void act(SoakTestbed testbed, Host node) {
            testbed.agents().askAll("drain " + node);
            Await.pause(PAUSE);
            testbed.agents().askAll("enable " + node);
        }
    },
    RESTART("restart of an agent") {
        @Override
        void act(SoakTestbed testbed, Host node) {
            testbed.agents().beginStop(node);
            testbed.agents().endStop(node);
            testbed.agents().start(node);
        }

        /** Sessions of the proxy plane end with the process. */
        @Override
        boolean allows(Loss loss, Host node, Plane plane) {
            return plane == Plane.PROXY;
        }
    },
    BACKEND("a backend ends, and begins again") {
        @Override
        void act(SoakTestbed testbed, Host node) {
            testbed.stopBackend(node);
            Await.pause(PAUSE);
            testbed.startBackend(node);
        }

        @Override
        boolean allows(Loss loss, Host node, Plane plane) {
            return loss.node().equals(node.name());
        }
    };

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final String title;

    Disturbance(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** @param node one that is different each time */
    abstract void act(SoakTestbed testbed, Host node);

    /** Whether a connection that broke from then until shortly afterwards broke by it, as documented. */
    boolean allows(Loss loss, Host node, Plane plane) {
        return false;
    }
}
