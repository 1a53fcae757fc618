package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersistedStateTest {
    @Test
    void whatIsWrittenIntoCommentsIsReadAgain() {
        PersistedState persisted =
                new PersistedState(Map.of("eth0.10/arp_ignore", "0"), "4711-abc", Set.of("m2", "m3"));

        assertThat(PersistedState.parse(persisted.commands())).isEqualTo(persisted);
        assertThat(PersistedState.parse(persisted.update())).isEqualTo(persisted);
    }

    @Test
    void valueThatIsRememberedAlreadyIsTheOlderOne() {
        PersistedState persisted = new PersistedState(Map.of("eth0/arp_ignore", "0"), "", Set.of());

        PersistedState later = persisted.and(Map.of("eth0/arp_ignore", "1", "eth1/arp_ignore", "2"));

        assertThat(later.parameters())
                .containsOnly(Map.entry("eth0/arp_ignore", "0"), Map.entry("eth1/arp_ignore", "2"));
    }

    @Test
    void emptyTableIsNoMemory() {
        assertThat(PersistedState.parse("table inet baton {\n}\n")).isEqualTo(PersistedState.NOTHING);
    }
}
