package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
                listen %3$d ssl http2 backlog=4096;
                listen [::]:%3$d ssl http2 backlog=4096;
                ssl_certificate %2$s/apiserver.crt;
                ssl_certificate_key %2$s/apiserver.key;
                default_type text/plain;
                location = /readyz  { return 200 "ok"; }
                location = /livez   { return 200 "ok"; }
                location = /version { return 200 '{"gitVersion": "v1.31.0", "node": "%4$s"}'; }
                location = /watch    { alias %1$s/endless; limit_rate 10k; }
                location = /download { alias %1$s/endless; limit_rate 200k; }
                location /          { return 404 "not found"; }
              }
            }
            """;

    private final Host host;
    private final Path configuration;
    private Daemon nginx;

    private Backend(Host host, Path configuration) {
        this.host = host;
        this.configuration = configuration;
    }

    /** Starts a backend on the host and waits until it accepts connections. */
    public static Backend start(Host host) {
        Path folder = host.directory();
        certificate(folder);
        endless(folder.resolve("endless"));
        Backend backend = new Backend(
                host,
                host.write(
                        "nginx.conf", CONFIGURATION.formatted(folder, folder, AddressPlan.BACKEND_PORT, host.name())));
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

    private static void certificate(Path folder) {
        if (!Files.exists(folder.resolve("apiserver.key"))) {
            Command.run(
                            "openssl",
                            "req",
                            "-x509",
                            "-nodes",
                            "-days",
                            "30",
                            "-newkey",
                            "ec",
                            "-pkeyopt",
                            "ec_paramgen_curve:prime256v1",
                            "-subj",
                            "/CN=kube-apiserver",
                            "-addext",
                            "subjectAltName=IP:" + AddressPlan.VIP + ",IP:" + AddressPlan.VIP6 + ",DNS:kubernetes",
                            "-keyout",
                            folder.resolve("apiserver.key").toString(),
                            "-out",
                            folder.resolve("apiserver.crt").toString())
                    .orThrow();
        }
    }
}
