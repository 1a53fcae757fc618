package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final Memory EMPTY = new Memory(Map.of(), Set.of());

    @Test
    void whatWasWrittenIsRead() {
        Memory memory = new Memory(Map.of("eth0.10/arp_ignore", "0"), Set.of("10.86.13.36", "fd00::36"));

        assertThat(Memory.parse(memory.commands())).isEqualTo(memory);
    }

    @Test
    void olderValueIsTheOneToGoBackTo() {
        Memory first = EMPTY.and(Map.of("eth0/arp_ignore", "0"), Set.of());

        Memory second = first.and(Map.of("eth0/arp_ignore", "1"), Set.of());

        assertThat(second.parameters()).containsEntry("eth0/arp_ignore", "0");
    }

    @Test
    void commentsOfOthersAreNotRemembered() {
        assertThat(Memory.parse("counter comment \"hello=world\"\n")).isEqualTo(EMPTY);
    }
}
