package io.jenkins.plugins.baton.agent.linux.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTrackingIT {
    @ParameterizedTest
    @CsvSource({"ip, 127.0.0.1, 127.0.0.2", "ip6, ::1, fd00::9"})
    void connectionIsKnownByWhereItWasOpenedToUntilItIsForgotten(String family, String home, String asked) {
        InetAddress vip = address(asked);
        try (NamespaceThread host = new NamespaceThread();
                Nftables nftables = host.call(Nftables::open);
                ConnectionTracking tracking = host.call(ConnectionTracking::open)) {
            if (family.equals("ip6")) {
                host.ip("route add fd00::9/128 dev lo"); // where to send to before the address is replaced
            }
            host.run(() -> {
                ServerSocket server = new ServerSocket(0, 5, address(home));
                nftables.run(
                        "table %1$s lab {%n chain out {%n type nat hook output priority -100%n %1$s daddr %2$s tcp dport 8443 dnat to %3$s:%4$d%n }%n}%n"
                                .formatted(
                                        family,
                                        asked,
                                        family.equals("ip6") ? "[" + home + "]" : home,
                                        server.getLocalPort()));
                try (Socket client = new Socket()) {
                    client.connect(new InetSocketAddress(vip, 8443), 5000);

                    List<Connection> connections = tracking.to(vip, 8443);
                    assertThat(connections).singleElement().satisfies(connection -> {
                        assertThat(connection.server()).isEqualTo(address(home));
                        assertThat(connection.established()).isTrue();
                        assertThat(connection.ended()).isFalse();
                    });
                    assertThat(tracking.to(vip, 8444)).isEmpty();

                    tracking.forget(vip, connections.get(0));
                    tracking.forget(vip, connections.get(0));
                    assertThat(tracking.to(vip, 8443)).isEmpty();
                }
                server.close();
            });
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
