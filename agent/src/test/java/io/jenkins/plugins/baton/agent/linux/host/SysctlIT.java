package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class SysctlIT {

    @Test
    void parameterIsThatOfTheNamespaceOfTheThread() throws Exception {
        Sysctl parameter = Sysctl.of("net", "ipv4", "conf", "lo", "arp_ignore");
        try (NamespaceThread host = new NamespaceThread();
                NamespaceThread other = new NamespaceThread()) {
            host.run(() -> parameter.write("1"));

            assertThat(host.call(parameter::read)).isEqualTo("1");
            assertThat(other.call(parameter::read)).isEqualTo("0");
        }
    }

    @Test
    void parameterThatThisKernelLacksIsNamed() {
        assertThatThrownBy(() -> Sysctl.of("net", "ipv4", "no_such_thing").read())
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("/proc/sys/net/ipv4/no_such_thing");
    }
}
