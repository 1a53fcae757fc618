package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A kube-apiserver as far as a balancer sees one: nginx with HTTPS on port 6443 that answers {@code /readyz},
 * {@code /livez} and {@code /version}; the last names the host. {@code /watch} trickles, {@code /download} flows, both for
 * hours.
 */
public final class Backend {
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            user root;
            pid %1$s/nginx.pid;
            error_log %1$s/nginx.log warn;
            events { worker_connections 8192; }
            http {
              access_log off;
              keepalive_timeout 1h;
              keepalive_requests 100000000;
              client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
              server {
            %3$s
                ssl_certificate %1$s/server.pem;
                ssl_certificate_key %1$s/server.key;
                default_type text/plain;
                location = /readyz  { return 200 "ok"; }
                location = /livez   { return 200 "ok"; }
                location = /version { return 200 '{"gitVersion": "v1.31.0", "node": "%2$s"}'; }
                location = /watch    { alias %1$s/endless; limit_rate 10k; }
                location = /download { alias %1$s/endless; limit_rate 200k; }
                location /          { return 404 "not found"; }
              }
            }
            """;

    private static final String LISTEN = """
                listen %1$d ssl http2 backlog=4096;
                listen [::]:%1$d ssl http2 backlog=4096;
            """;

    /** The name in its certificate, beside its addresses. */
    public static final String NAME = "kubernetes";

    private final Host host;
    private final Path configuration;
    private Daemon nginx;

    private Backend(Host host, Path configuration) {
        this.host = host;
        this.configuration = configuration;
    }

    /** Starts a backend on the host and waits until it accepts connections. */
    public static Backend start(Host host) {
        return start(host, 1);
    }

    /** @param ports how many it listens on, from 6443 on: one for each frontend */
    public static Backend start(Host host, int ports) {
        Path folder = host.directory();
        certificate(host);
        endless(folder.resolve("endless"));
        String listen = IntStream.range(AddressPlan.BACKEND_PORT, AddressPlan.BACKEND_PORT + ports)
                .mapToObj(LISTEN::formatted)
                .collect(Collectors.joining());
        Backend backend =
                new Backend(host, host.write("nginx.conf", CONFIGURATION.formatted(folder, host.name(), listen)));
        backend.start();
        return backend;
    }

    /** Starts it again after {@link #stop}. */
    public void start() {
        nginx = host.start(
                        "nginx",
                        List.of("nginx", "-p", host.directory().toString(), "-c", configuration.toString()),
                        Map.of())
                .awaitPort(host, AddressPlan.BACKEND_PORT);
    }

    /** The process ends: connections are refused from now on. */
    public void stop() {
        nginx.kill();
    }

    /** The process hangs: the kernel still accepts connections, nobody answers. */
    public void freeze() {
        nginx.freeze();
    }

    public void thaw() {
        nginx.thaw();
    }

    /** New connections are answered with a reset, those that are there go on: what {@link #stop} is not so sharp about. */
    public void refuse() {
        answerNew("reject with tcp reset");
    }

    /** New connections are not answered at all: what a wrong rule of a firewall does. */
    public void swallow() {
        answerNew("drop");
    }

    private void answerNew(String verdict) {
        rules("table inet backend { chain in { type filter hook input priority 0; tcp dport " + AddressPlan.BACKEND_PORT
                + " tcp flags & (syn | ack) == syn " + verdict + "; }; }");
    }

    /** Ends {@link #refuse} and {@link #swallow}. */
    public void heal() {
        rules("delete table inet backend");
    }

    private void rules(String text) {
        host.run("nft", text).orThrow();
    }

    /** A file of holes: long, and no load for the disk. */
    private static void endless(Path file) {
        try (RandomAccessFile holes = new RandomAccessFile(file.toFile(), "rw")) {
            holes.setLength(1L << 32);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void certificate(Host host) {
        try {
            host.certificates()
                    .server(
                            host.directory(),
                            NAME,
                            List.of(host.ipv4(), host.ipv6(), AddressPlan.VIP, AddressPlan.VIP6));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
