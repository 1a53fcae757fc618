package io.jenkins.plugins.baton.probe;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An HTTPS server that answers "ok", with a certificate for 127.0.0.1 and 10.0.0.9. */
final class TlsServer implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;
    private final int port;
    private final Set<InetSocketAddress> answered = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool();

    TlsServer() throws Exception {
        this(0);
    }

    TlsServer(int port) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", exchange -> {
            byte[] body = "ok".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            answered.add(exchange.getRemoteAddress());
            exchange.close();
        });
        server.setExecutor(workers);
        server.start();
        this.port = server.getAddress().getPort();
    }

    private static SSLContext context() throws Exception {
        Path folder = Files.createTempDirectory("probe-tls");
        Path store = folder.resolve("server.p12");
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=test",
                            "-validity",
                            "3650",
                            "-ext",
                            "san=ip:127.0.0.1,ip:10.0.0.9",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream stream = Files.newInputStream(store)) {
                keys.load(stream, PASSWORD);
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } finally {
            Files.deleteIfExists(store);
            Files.delete(folder);
        }
    }

    /** How many connections have had an answer. */
    int answered() {
        return answered.size();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
