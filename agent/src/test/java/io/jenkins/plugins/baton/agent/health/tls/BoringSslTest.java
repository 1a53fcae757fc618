package io.jenkins.plugins.baton.agent.health.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoringSslTest {

    @ParameterizedTest
    @CsvSource({
        "error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION,Received fatal alert: protocol_version",
        "error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE,Received fatal alert: handshake_failure",
        "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL,unsupported protocol",
        "'',the handshake failed",
    })
    void errorIsToldInWords(String error, String words) {
        assertThat(BoringSsl.inWords(error)).isEqualTo(words);
    }
}
