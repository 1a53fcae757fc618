package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessLogLineTest {
    private static final Instant ACCEPTED = Instant.parse("2026-03-01T08:15:30.250Z");

    @Test
    void textHasTheFieldsOfHaproxysTcplogInItsOrder() {
        assertThat(AccessLogLine.text(record("m2", 3)))
                .isEqualTo("10.0.1.2:33313 [2026-03-01T08:15:30.250Z] kube kube/m2 900/1/5007 212 -- 9/7/7/3/3 0/0");
    }

    @Test
    void textOfASessionWithoutServerSaysSo() {
        assertThat(AccessLogLine.text(record("", 0))).contains(" kube/<NOSRV> ");
    }

    @Test
    void jsonNamesEveryFact() {
        assertThat(AccessLogLine.json(record("m2", 3)))
                .isEqualTo("{\"acceptedAt\":\"2026-03-01T08:15:30.250Z\",\"client\":\"10.0.1.2:33313\","
                        + "\"frontend\":\"kube\",\"backend\":\"m2\",\"waitMillis\":900,\"connectMillis\":1,"
                        + "\"totalMillis\":5007,\"bytesIn\":77,\"bytesOut\":212,\"termination\":\"--\","
                        + "\"planeSessions\":9,\"frontendSessions\":7,\"serverSessions\":3,\"retries\":3}");
    }

    private static SessionRecord record(String backend, int retries) {
        return new SessionRecord(
                new InetSocketAddress("10.0.1.2", 33313),
                ACCEPTED,
                "kube",
                backend,
                900,
                1,
                5007,
                77,
                212,
                Termination.NORMAL,
                9,
                7,
                3,
                retries);
    }
}
