package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OpenSysctlIT {
    @Test
    void parameterIsAsItIsNowAlsoOfAnInterfaceThatWasMadeAnew() throws Exception {
        Sysctl sysctl = Sysctl.of("net", "ipv4", "conf", "br0", "arp_ignore");
        try (NamespaceThread host = new NamespaceThread();
                OpenSysctl parameter = new OpenSysctl(sysctl)) {
            host.ip("link add br0 type bridge");
            assertThat(host.call(() -> parameter.is("0"))).isTrue();
            host.run(() -> sysctl.write("1"));
            assertThat(host.call(() -> parameter.is("0"))).isFalse();
            assertThat(host.call(() -> parameter.is("1"))).isTrue();

            host.ip("link del br0");
            assertThatThrownBy(() -> host.call(() -> parameter.is("1"))).isInstanceOf(IOException.class);
            host.ip("link add br0 type bridge");
            assertThat(host.call(() -> parameter.is("0"))).isTrue();
        }
    }
}
