package io.jenkins.plugins.baton.agent.router;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two nodes on a cable, whose routers a test starts. */
abstract class TwoSites {
    Site m1;
    Site m2;

    @BeforeEach
    void nodes() {
        List<Site> pair = Site.pair();
        m1 = pair.get(0);
        m2 = pair.get(1);
    }

    @AfterEach
    void close() {
        m1.close();
        m2.close();
    }
}
