package io.jenkins.plugins.baton.lab.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS as a probe needs it: it measures, and trusts whoever answers. */
final class Tls {
    private Tls() {}

    static SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS in this Java", e);
        }
    }

    /** The first flight of a TLS client, the same bytes each time. */
    static byte[] clientHello() throws IOException {
        SSLEngine engine = context().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer flight = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult wrapped = engine.wrap(ByteBuffer.allocate(0), flight);
        if (wrapped.bytesProduced() == 0) {
            throw new SSLException("Java made no ClientHello: " + wrapped);
        }
        byte[] hello = new byte[flight.flip().remaining()];
        flight.get(hello);
        return hello;
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
