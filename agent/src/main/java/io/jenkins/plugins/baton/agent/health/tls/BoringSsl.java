package io.jenkins.plugins.baton.agent.health.tls;

import io.netty.internal.tcnative.Library;
import io.netty.internal.tcnative.SSL;
import io.netty.util.internal.NativeLibraryLoader;
import io.netty.util.internal.PlatformDependent;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Netty's native library with BoringSSL, loaded at its first use, and what it says of errors. */
final class BoringSsl {
    /** SSL_R_SSLV3_ALERT_CLOSE_NOTIFY and the others: this plus the number of the alert (BoringSSL, openssl/ssl.h). */
    private static final String[] ALERT_PREFIXES = {"SSLV3_ALERT_", "TLSV1_ALERT_", "TLSV1_"};

    private BoringSsl() {}

    private static final class Loaded {
        static {
            NativeLibraryLoader.load(
                    "netty_tcnative_linux_" + PlatformDependent.normalizedArch(), BoringSsl.class.getClassLoader());
            try {
                Library.initialize();
            } catch (Exception e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        static void load() {}
    }

    /** Any thread. The first time it takes some milliseconds. */
    static void load() {
        Loaded.load();
    }

    /** The text as a memory BIO; to be freed. */
    static long bio(String pem) throws Exception {
        byte[] octets = pem.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer memory = ByteBuffer.allocateDirect(octets.length).put(octets);
        long bio = SSL.newMemBIO();
        try {
            SSL.bioWrite(bio, PlatformDependent.directBufferAddress(memory), octets.length);
        } finally {
            Reference.reachabilityFence(memory);
        }
        return bio;
    }

    /** What failed last on this thread, in words; takes it off the library's list. */
    static SSLException failure() {
        long number = SSL.getLastErrorNumber() & 0xffff_ffffL;
        String text = number == 0 ? "" : SSL.getErrorString(number);
        SSL.clearError();
        return new SSLException(inWords(text));
    }

    /** Of {@code error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION} what a person needs. */
    static String inWords(String error) {
        if (error.isEmpty()) {
            return "the handshake failed";
        }
        String reason = error.substring(error.lastIndexOf(':') + 1);
        for (String prefix : ALERT_PREFIXES) {
            if (reason.startsWith(prefix)) {
                return "Received fatal alert: "
                        + reason.substring(prefix.length()).toLowerCase(Locale.ROOT);
            }
        }
        return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
