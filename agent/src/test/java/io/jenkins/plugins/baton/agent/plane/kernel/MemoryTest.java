package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void whatIsWrittenIntoCommentsIsReadAgain() {
        Memory memory = new Memory(Map.of("eth0.10/arp_ignore", "0"), "4711-abc", Set.of("m2", "m3"));

        assertThat(Memory.parse(memory.commands())).isEqualTo(memory);
        assertThat(Memory.parse(memory.update())).isEqualTo(memory);
    }

    @Test
    void valueThatIsRememberedAlreadyIsTheOlderOne() {
        Memory memory = new Memory(Map.of("eth0/arp_ignore", "0"), "", Set.of());

        Memory later = memory.and(Map.of("eth0/arp_ignore", "1", "eth1/arp_ignore", "2"));

        assertThat(later.parameters()).containsOnly(Map.entry("eth0/arp_ignore", "0"), Map.entry("eth1/arp_ignore", "2"));
    }

    @Test
    void emptyTableIsNoMemory() {
        assertThat(Memory.parse("table inet baton {\n}\n")).isEqualTo(Memory.NOTHING);
    }
}
