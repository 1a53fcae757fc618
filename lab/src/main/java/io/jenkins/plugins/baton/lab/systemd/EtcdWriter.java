package io.jenkins.plugins.baton.lab.systemd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client of etcd behind the virtual address: puts one numbered key after the other, remembers which were acknowledged,
 * and reads all of them back at the end. Uses etcd's JSON gateway ({@code /v3/kv}) over verified TLS. Not thread-safe.
 */
final class EtcdWriter {
    private static final Duration WRITE_INTERVAL = Duration.ofMillis(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    /** Reading back may have to wait until a cluster that was just mended has a leader again. */
    private static final Duration READ_BACK = Duration.ofSeconds(60);

    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]*)\"");

    private final String address;
    private final HttpClient client;
    /** Two runs on one etcd must not vouch for each other's keys. */
    private final String prefix = "write-" + UUID.randomUUID() + "-";

    private final Set<String> acknowledged = new HashSet<>();
    private int refused;
    private long lastNanos;
    private long longestPauseNanos;

    /**
     * @param address host and port of the frontend
     * @param authority the certificate that signed the servers'
     */
    EtcdWriter(String address, Path authority) throws IOException {
        this.address = address;
        this.client = HttpClient.newBuilder()
                .sslContext(trusting(authority))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(REQUEST_TIMEOUT)
                .build();
    }

    /**
     * What became of the writes.
     *
     * @param unacknowledged got an error or no answer: each may be there or not
     * @param lost were acknowledged, and etcd does not have them
     * @param longestPauseMillis between two acknowledgements
     */
    record Totals(int acknowledged, int unacknowledged, int lost, long longestPauseMillis) {
        /** For a person; {@code lost 0} is what a test looks for. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "etcd through the virtual address: %d writes acknowledged, of them lost %d; %d without an answer, "
                            + "longest pause between two acknowledgements %d ms",
                    acknowledged,
                    lost,
                    unacknowledged,
                    longestPauseMillis);
        }
    }

    /** Puts the next key, and waits a little. */
    void write() throws InterruptedException {
        String key = prefix + (acknowledged.size() + refused);
        try {
            post("put", "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(base64(key), base64(key)));
            acknowledged.add(key);
            long now = System.nanoTime();
            longestPauseNanos = Math.max(longestPauseNanos, lastNanos == 0 ? 0 : now - lastNanos);
            lastNanos = now;
        } catch (IOException e) {
            refused++;
        }
        Thread.sleep(WRITE_INTERVAL.toMillis());
    }

    /**
     * Reads everything back.
     *
     * @throws IOException when etcd does not answer for a minute
     */
    Totals totals() throws IOException, InterruptedException {
        String range = "{\"key\":\"%s\",\"range_end\":\"%s\",\"keys_only\":true}"
                .formatted(base64(prefix), base64(prefix.substring(0, prefix.length() - 1) + '.'));
        Set<String> lost = new HashSet<>(acknowledged);
        Matcher keys = KEY.matcher(withRetries("range", range));
        while (keys.find()) {
            lost.remove(new String(Base64.getDecoder().decode(keys.group(1)), StandardCharsets.UTF_8));
        }
        return new Totals(acknowledged.size(), refused, lost.size(), longestPauseNanos / 1_000_000);
    }

    private String withRetries(String what, String body) throws IOException, InterruptedException {
        long end = System.nanoTime() + READ_BACK.toNanos();
        while (true) {
            try {
                return post(what, body);
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new IOException(
                            "etcd cannot be asked through " + address + " for " + READ_BACK.toSeconds() + " s: "
                                    + e.getMessage(),
                            e);
                }
                Thread.sleep(REQUEST_TIMEOUT.toMillis() / 10);
            }
        }
    }

    private String post(String what, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + address + "/v3/kv/" + what))
                .timeout(REQUEST_TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("etcd answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (var certificate = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "lab", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority " + authority + " cannot be used: " + e.getMessage(), e);
        }
    }
}
