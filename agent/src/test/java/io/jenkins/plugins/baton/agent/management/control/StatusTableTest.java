package io.jenkins.plugins.baton.agent.management.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTableTest {
    private static final String THEN = "2026-03-01T08:15:30.000Z";
    private static final String NOW = "2026-03-01T08:15:42.000Z";

    @Test
    void showsWhoHoldsTheAddressAndWhy() {
        assertThat(new StatusTable(false).render(snapshot())).isEqualToNormalizingNewlines("""
                        NODE  CLUSTER  UP    VERSION  FILE             SHA-256
                        m1    prod     12 s  1.2.3    /etc/baton.yaml  0123456789ab

                        VIRTUAL ROUTER  STATE   FOR   HOLDER  PRIORITY   ADDRESSES       BECAUSE
                        kube-master     MASTER  12 s  m1      80 of 110  10.86.13.36/32  nobody was heard

                        CONFLICT: 10.0.0.9 advertises 10.0.0.8 (7 packets since 2026-03-01T08:15:30.000Z)

                        SPLIT BRAIN: m2 is MASTER of kube-master by the peer link, but its adverts do not arrive here; let protocol 112 pass on both nodes
                        """);
    }

    @Test
    void goodIsGreenOnATerminal() {
        assertThat(new StatusTable(true).render(snapshot())).contains("\u001b[32mMASTER\u001b[0m  12 s");
    }

    @Test
    void numbersHaveAPointWhateverTheLanguageOfTheHost() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(new StatusTable(false).render(withFrontend(snapshot()))).contains(" 12.5 ");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Map<String, Object> withFrontend(Map<String, Object> snapshot) {
        Map<String, Object> frontend = Map.ofEntries(
                Map.entry("name", "api"),
                Map.entry("bind", "10.86.13.36:8443"),
                Map.entry("plane", "proxy"),
                Map.entry("sessions", 3L),
                Map.entry("sessionsTotal", 30L),
                Map.entry("sessionRate", 12.5),
                Map.entry("bytesIn", 1_000L),
                Map.entry("bytesOut", 1_000L),
                Map.entry("connectErrors", 0L),
                Map.entry("refused", 0L),
                Map.entry("backends", List.of()));
        Map<String, Object> changed = new HashMap<>(snapshot);
        changed.put("frontends", List.of(frontend));
        return changed;
    }

    private static Map<String, Object> snapshot() {
        return Map.of(
                "node",
                "m1",
                "version",
                "1.2.3",
                "configHash",
                "0123456789abcdef",
                "sampledAt",
                NOW,
                "agent",
                Map.of(
                        "cluster",
                        "prod",
                        "uptimeMillis",
                        12_000L,
                        "configFile",
                        "/etc/baton.yaml",
                        "configError",
                        "",
                        "waitsFor",
                        ""),
                "virtualRouters",
                List.of(Map.ofEntries(
                        Map.entry("name", "kube-master"),
                        Map.entry("state", "MASTER"),
                        Map.entry("stateSince", THEN),
                        Map.entry("stateReason", "nobody was heard"),
                        Map.entry("holder", "m1"),
                        Map.entry("priority", 110),
                        Map.entry("effectivePriority", 80),
                        Map.entry("suspended", false),
                        Map.entry("addresses", List.of("10.86.13.36/32")),
                        Map.entry(
                                "conflicts",
                                List.of(Map.of("message", "10.0.0.9 advertises 10.0.0.8", "count", 7, "since", THEN))),
                        Map.entry("unheardMasters", List.of("m2")))),
                "frontends",
                List.of(),
                "checks",
                List.of());
    }
}
