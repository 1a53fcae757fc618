package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.Host;
import java.util.List;
import java.util.Map;

/** A backend for load: nginx that answers each request with 128 bytes, and an iperf3 server for streams. */
final class WebServer {
    static final int WEB_PORT = 6443;
    static final int BULK_PORT = 5201;

    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            user root;
            pid %1$s/nginx.pid;
            error_log %1$s/nginx.log warn;
            events { worker_connections 9900; }
            http {
              access_log off;
              keepalive_timeout 1h;
              keepalive_requests 100000000;
              client_header_timeout 1h;
              client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
              server { listen %2$d backlog=8192; location / { return 200 "%3$s"; } }
            }
            """;

    private WebServer() {}

    /** Returns when both accept connections; they end with the lab. */
    static void start(Host host) {
        String text = CONFIGURATION.formatted(host.directory(), WEB_PORT, "x".repeat(128));
        String file = host.write("nginx.conf", text).toString();
        host.run("sysctl", "-qw", "net.core.somaxconn=8192").orThrow();
        host.start("nginx", List.of("nginx", "-p", host.directory().toString(), "-c", file), Map.of())
                .awaitPort(host, WEB_PORT);
        // Not on the VIP: the proxy is to be able to take that.
        host.start(
                        "iperf3",
                        List.of("iperf3", "--server", "--bind", host.ipv4(), "--port", Integer.toString(BULK_PORT)),
                        Map.of())
                .awaitPort(host, BULK_PORT);
    }
}
