package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTest {

    @Test
    void portIsFreeAlsoWhenTheLoopsHaveEnded() throws Exception {
        try (ProxyBench bench = new ProxyBench()
                .backend("b", new InetSocketAddress("127.0.0.1", 1))
                .apply()) {
            Endpoint bind = new Endpoint(ProxyBench.loopback(), 8443);
            Listener listener = Listener.open(bench.plane, bench.front(), bind);
            bench.plane.workers().forEach(Worker::close);

            listener.close();

            try (ServerSocket other = new ServerSocket(8443, 1, bind.address())) {
                assertThat(other.isBound()).isTrue();
            }
        }
    }
}
